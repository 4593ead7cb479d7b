package io.jenkins.plugins.awssecrets.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Database secrets as each producer writes them, and what a block gets of them. */
class DatabaseSecretsTest {
    private static final String LOGIN = "\"username\":\"shop\",\"password\":\"s3cr3t\"";

    /** The URLs of the table were read by each engine's own driver once, and gave back host, port, name and TLS. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/engine/database/secrets.csv", delimiter = '|', quoteCharacter = '\u00a6')
    void everyProducersSecretGivesHostPortNameAndUrl(
            String producer, String members, String host, String port, String name, String url) {
        BoundEnvironment bound = bind("{" + members + "," + LOGIN + "}", Map.of());

        assertThat(variable(bound, "DB_HOST")).isEqualTo(host);
        assertThat(variable(bound, "DB_PORT")).isEqualTo(port);
        assertThat(variable(bound, "DB_NAME")).isEqualTo(name);
        assertThat(variable(bound, "DB_URL")).isEqualTo(url);
        assertThat(variable(bound, "DB_USERNAME")).isEqualTo("shop");
        assertThat(variable(bound, "DB_PASSWORD")).isEqualTo("s3cr3t");
    }

    @Test
    void terraformsAttributesOfAClusterAreEnough() {
        BoundEnvironment bound = bind(
                "{\"engine\":\"aurora-mysql\",\"endpoint\":\"c.x.rds.amazonaws.com\",\"port\":3306,"
                        + "\"database_name\":\"shop\",\"master_username\":\"admin\",\"master_password\":\"pw1\"}",
                Map.of());

        assertThat(variable(bound, "DB_URL")).isEqualTo("jdbc:mysql://c.x.rds.amazonaws.com:3306/shop");
        assertThat(variable(bound, "DB_USERNAME")).isEqualTo("admin");
        assertThat(variable(bound, "DB_PASSWORD")).isEqualTo("pw1");
    }

    @Test
    void whatASecretManagedByRdsLacksIsDeclared() {
        BoundEnvironment bound = bind(
                "{" + LOGIN + "}",
                Map.of("engine", "postgres", "host", "db.example", "port", "5432", "dbname", "shop", "ssl", "true"));

        assertThat(variable(bound, "DB_URL")).isEqualTo("jdbc:postgresql://db.example:5432/shop?sslmode=require");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00a6',
            value = {
                "\"host\":\"db:5433\",\"port\":5432|port: sm:db: it is 5432, and the host has the port 5433",
                "\"host\":\"db\",\"port\":\"many\"|port: sm:db: it is not a port",
                "\"host\":\"db\",\"port\":0|port: sm:db: it is not a port",
                "\"host\":\"db\",\"port\":65536|port: sm:db: it is not a port",
                "\"host\":\"db:99999\"|port: sm:db: it is not a port",
                "\"host\":\"db 1\"|host: sm:db: it is not a host name or an address",
                "\"host\":\"shop:canary@db\"|host: sm:db: it is not a host name or an address",
                "\"host\":\"postgres://shop:canary@db/x\"|host: sm:db: it has a username or a password in it",
                "\"host\":\"jdbc:mysql://shop:canary@db/x\"|host: sm:db: it has a username or a password in it",
            })
    void whatIsNoAddressIsRefusedByName(String members, String named) {
        assertThatThrownBy(() -> bind("{" + members + "," + LOGIN + "}", Map.of()))
                .isInstanceOf(SecretException.class)
                .hasMessageStartingWith("database 'orders', " + named)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00a6',
            value = {
                "\"engine\":\"postgres\",\"dbInstanceIdentifier\":\"shop-1\"|host: nothing says where the database is",
                "\"engine\":\"cassandra\",\"host\":\"db\"|engine: it is an engine whose URLs are not known",
                "\"host\":\"db\"|engine: it is missing",
                "\"engine\":\"mariadb\",\"host\":\"db\",\"dbname\":\"a?b\"|dbname: a URL of this engine cannot have",
                "\"engine\":\"oracle\",\"host\":\"db\",\"dbname\":\"a b\"|dbname: a URL of this engine cannot have",
                "\"engine\":\"mongo\",\"host\":\"db\",\"dbname\":\"a b\"|dbname: a URL of this engine cannot have",
            })
    void checkSaysWhyThereIsNoUrl(String members, String remark) {
        CredentialDefinition definition = definition(Map.of());
        ResolvedCredential resolved = ResolvedCredential.of(definition, snapshot("{" + members + "," + LOGIN + "}"));

        assertThat(definition.kind().remarks(resolved, Instant.EPOCH))
                .extracting(Throwable::getMessage)
                .anySatisfy(message -> assertThat(message).startsWith(remark));
        assertThat(variable(bind("{" + members + "," + LOGIN + "}", Map.of()), "DB_URL"))
                .isNull();
    }

    private static BoundEnvironment bind(String json, Map<String, String> declared) {
        return new BindingPlan()
                .credential(definition(declared), Optional.empty())
                .bind(snapshot(json));
    }

    private static CredentialDefinition definition(Map<String, String> declared) {
        Map<String, String> fields = new java.util.HashMap<>(declared);
        fields.put("from", "sm:db");
        return new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER))
                .parse("orders", Kinds.DATABASE, "", fields, false);
    }

    private static Snapshot snapshot(String json) {
        return new Snapshot(Map.of(
                Reference.parse("sm:db").locator(),
                new SecretPayload(
                        Shape.TEXT,
                        SecretValue.of(json),
                        true,
                        Optional.of("1"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())));
    }

    private static String variable(BoundEnvironment bound, String name) {
        return Optional.ofNullable(bound.variables().get(name))
                .map(SecretValue::reveal)
                .orElse(null);
    }
}
