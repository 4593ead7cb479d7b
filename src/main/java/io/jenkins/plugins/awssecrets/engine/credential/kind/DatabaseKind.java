package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.database.AddressParts;
import io.jenkins.plugins.awssecrets.engine.database.DatabaseAddress;
import io.jenkins.plugins.awssecrets.engine.database.Engine;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A database account. The first of a field's members is what Secrets Manager's rotation functions keep; the others are
 * those of Terraform's and CloudFormation's attributes and of common libraries.
 */
final class DatabaseKind extends CredentialKind {
    private static final String ENGINE = "engine";
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String NAME = "dbname";
    private static final String SSL = "ssl";
    private static final Set<String> ADDRESS = Set.of(ENGINE, HOST, PORT, NAME, SSL);

    DatabaseKind() {
        super(
                "database",
                FieldSpec.plain(ENGINE, "dbEngine", "db_engine", "dialect").optional(),
                FieldSpec.plain(
                                HOST,
                                "hostname",
                                "endpoint",
                                "address",
                                "server",
                                "dbHost",
                                "db_host",
                                "Endpoint",
                                "HOST")
                        .optional()
                        .to("_HOST"),
                FieldSpec.plain(PORT, "dbPort", "db_port", "Port", "PORT")
                        .optional()
                        .to("_PORT"),
                FieldSpec.plain(
                                NAME,
                                "database",
                                "dbName",
                                "db_name",
                                "databaseName",
                                "database_name",
                                "initial_catalog",
                                "serviceName",
                                "service_name",
                                "DBName")
                        .optional()
                        .to("_NAME"),
                FieldSpec.plain(SSL, "tls", "sslmode", "sslMode", "useSSL", "require_ssl")
                        .optional(),
                FieldSpec.plain("username", "user", "master_username", "masterUsername", "db_username")
                        .to("_USERNAME")
                        .tagged(CredentialTags.USERNAME),
                FieldSpec.secret("password", "master_password", "masterUserPassword", "masterPassword", "db_password")
                        .to("_PASSWORD"));
    }

    /** A password that RDS takes where the account authenticates by IAM. */
    @Override
    public List<MintingWay> mintings() {
        return List.of(new MintingWay(AwsMint.RDS_TOKEN, true, List.of(), List.of("region"), Set.of("password")));
    }

    @Override
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        DatabaseAddress address = AddressParts.of(
                text(fields, ENGINE), text(fields, HOST), text(fields, PORT), text(fields, NAME), Optional.empty());
        Optional<String> port =
                address.port().or(() -> address.engine().map(engine -> Integer.toString(engine.port())));
        Map<String, String> signed = new LinkedHashMap<>(settings);
        signed.put(HOST, address.host());
        signed.put(PORT, port.orElse(""));
        signed.put("username", fields.getOrDefault("username", ""));
        signed.forEach((name, value) -> {
            if (value.isBlank()) {
                throw new SecretException(
                        Problem.MALFORMED, name, "the token is made of it, and it is missing", "declare it as text");
            }
        });
        return new Minting(way.name(), signed);
    }

    private static Optional<String> text(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(t -> !t.isBlank());
    }

    @Override
    public String defaultPrefix(String id) {
        return "DB";
    }

    @Override
    protected List<String> composed() {
        return List.of("_URL");
    }

    @Override
    public Set<String> dependencies(String field) {
        return ADDRESS.contains(field) ? ADDRESS : Set.of();
    }

    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        Map<String, SecretValue> parts = new LinkedHashMap<>();
        DatabaseAddress address = address(stored);
        if (!address.host().isEmpty()) {
            parts.put(HOST, SecretValue.of(address.host()));
        }
        if (stored.text(ENGINE).filter(e -> !e.isBlank()).isEmpty()) {
            // The host was a URL, whose scheme tells it.
            address.engine().ifPresent(engine -> parts.put(ENGINE, SecretValue.of(engine.symbol())));
        }
        address.port().ifPresent(port -> parts.put(PORT, SecretValue.of(port)));
        address.database().ifPresent(name -> parts.put(NAME, SecretValue.of(name)));
        return parts;
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        address(values).url().ifPresent(url -> to.variable("_URL", url));
    }

    @Override
    public List<SecretException> remarks(FieldValues delivered, Instant now) {
        List<SecretException> remarks = new ArrayList<>();
        DatabaseAddress address = address(delivered);
        if (address.host().isEmpty()) {
            remarks.add(remark(
                    HOST,
                    "nothing says where the database is, so that _HOST and _URL stay unset",
                    "add the member host to the secret, or declare host"));
        }
        Optional<String> engine = delivered.text(ENGINE).filter(e -> !e.isBlank());
        if (address.engine().isEmpty()) {
            remarks.add(remark(
                    ENGINE,
                    engine.isPresent()
                            ? "it is an engine whose URLs are not known, so that _URL stays unset"
                            : "it is missing, so that _URL stays unset",
                    "declare engine as one of "
                            + String.join(", ", Engine.symbols())
                            + ", or compose the URL from the other variables"));
        } else if (!address.host().isEmpty() && address.url().isEmpty()) {
            remarks.add(remark(
                    NAME,
                    "a URL of this engine cannot have the database's name, so that _URL stays unset",
                    "pass the name to the driver as a property"));
        }
        return remarks;
    }

    private static SecretException remark(String field, String reason, String fix) {
        return new SecretException(Problem.UNSUITABLE, field, reason, fix);
    }

    private static DatabaseAddress address(FieldValues values) {
        return AddressParts.of(
                values.text(ENGINE), values.text(HOST), values.text(PORT), values.text(NAME), values.text(SSL));
    }

    @Override
    public boolean isObject(SourceKind source) {
        return true;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("db");
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.DATABASE);
    }
}
