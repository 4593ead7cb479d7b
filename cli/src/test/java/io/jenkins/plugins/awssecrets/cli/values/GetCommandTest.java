package io.jenkins.plugins.awssecrets.cli.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.source.vault.SocketRelay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GetCommandTest {
    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private String config;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
            ssm:
              - {name: /ci/a, value: newest, versions: [{value: oldest, labels: [stable]}]}
            secretsManager:
              - {name: ci/json, json: {password: "p\\u00e4ss", port: 5432, nested: {list: [x, "y z"]}}, versions: [{json: {password: before}, stages: [AWSPREVIOUS]}]}
              - {name: ci/binary, binary: AAH/}
              - {name: ci/lines, string: "a\\nb\\n"}
            vault:
              auth: [{type: userpass, accept: [{with: {username: bob, password: builder}, policies: [root]}]}]
              mounts:
                - {path: secret, type: kv, version: 2, secrets: [{path: one, data: {only: vault-one}}, {path: two, data: {a: x, b: y}}]}
                - {path: database, type: database, roles: {long: {ttl: 1h, fields: {password: "leased-{{random}}"}}}}
                - {path: old, type: kv, version: 1, secrets: [{path: one, data: {only: kv-one}}]}
            """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void configure() throws IOException {
        config = demo.write(directory.resolve("aws-secrets.yaml"), "");
        demo.backends().requests().clear();
    }

    @ParameterizedTest
    @CsvSource({
        "ssm:/ci/a, newest",
        "ssm:/ci/a?version=1, oldest",
        "ssm:/ci/a?version=stable, oldest",
        "sm:ci/json#password, päss",
        "sm:ci/json?version=AWSPREVIOUS#password, before",
        "sm:ci/json#port, 5432",
        "sm:ci/json#/nested/list/1, y z",
        "vault:secret/one, vault-one",
        "vault:secret/two#b, y",
        "vault:old/one, kv-one",
    })
    void theValueIsPrintedAndNothingElse(String reference, String value) {
        Cli.Result result = Cli.run("--config", config, "get", reference);

        assertThat(result.out()).isEqualTo(value);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void bytesStayAsTheyAre() {
        assertThat(Cli.run("--config", config, "get", "sm:ci/binary").output()).containsExactly(0, 1, 0xff);
        assertThat(Cli.run("--config", config, "get", "sm:ci/lines").out()).isEqualTo("a\nb\n");
    }

    @Test
    void aPersonGetsALineEnd() {
        Cli.Result result = Cli.run(Map.of(), new byte[0], true, "--config", config, "get", "ssm:/ci/a");

        assertThat(result.out()).isEqualTo("newest\n");
    }

    @Test
    void onlyTheSourceThatIsNamedIsAsked() {
        Cli.run("--config", config, "get", "ssm:/ci/a");

        assertThat(demo.backends().requests().to(Service.SSM)).hasSize(1);
        assertThat(demo.backends().requests().all()).hasSize(1);
    }

    @Test
    void sharedOptionsMayStandAfterTheCommandToo() {
        assertThat(Cli.run("get", "--config", config, "--timeout", "20", "ssm:/ci/a")
                        .out())
                .isEqualTo("newest");
    }

    @Test
    void withoutAFileTheEnvironmentLeadsToVault() {
        Map<String, String> environment =
                Map.of("VAULT_ADDR", demo.backends().vault().toString(), "VAULT_TOKEN", "demo-root-token");

        assertThat(Cli.run(environment, new byte[0], "get", "vault:secret/one").out())
                .isEqualTo("vault-one");
    }

    @Test
    void theProxyOfTheEnvironmentLeadsToVault() {
        String proxy = demo.backends().vault().toString();
        Map<String, String> environment = Map.of(
                "VAULT_ADDR", "http://vault.invalid:8200", "VAULT_TOKEN", "demo-root-token", "HTTP_PROXY", proxy);

        assertThat(Cli.run(environment, new byte[0], "get", "vault:secret/one").out())
                .isEqualTo("vault-one");

        Map<String, String> direct = new HashMap<>(environment);
        direct.put("NO_PROXY", ".invalid");
        assertThat(Cli.run(direct, new byte[0], "get", "vault:secret/one").status())
                .isEqualTo(69);
    }

    @Test
    void anAgentsSocketLeadsToVaultAsVaultsOwnCommandLineTakesIt() throws IOException {
        try (SocketRelay relay = SocketRelay.to(demo.backends().vault())) {
            Map<String, String> environment =
                    Map.of("VAULT_ADDR", relay.url().toString(), "VAULT_TOKEN", "demo-root-token");
            Path file = Files.writeString(
                    directory.resolve("socket.yaml"),
                    "sources: [{vault: {url: \"" + relay.url() + "\", auth: {token: {token: demo-root-token}}}}]\n");

            assertThat(Cli.run(environment, new byte[0], "get", "vault:secret/one")
                            .out())
                    .isEqualTo("vault-one");
            assertThat(Cli.run("--config", file.toString(), "get", "vault:secret/one")
                            .out())
                    .isEqualTo("vault-one");
            assertThat(relay.connections()).isPositive();
        }
    }

    @Test
    void severalKeysWithoutAFieldAreNamedAndNotShown() {
        Cli.Result result = Cli.run("--config", config, "get", "vault:secret/two");

        assertThat(result.err()).contains("several keys: a, b").doesNotContain(" x", " y");
        assertThat(result.status()).isEqualTo(70);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aLeasedSecretThatEndsWithTheLoginComesWithAWarning() throws IOException {
        Path other = Files.writeString(
                directory.resolve("login.yaml"), """
                    sources:
                      - vault: {url: "%s", auth: {userPass: {username: bob, password: builder}}}
                    """.formatted(demo.backends().vault()));

        Cli.Result withLogin = Cli.run("--config", other.toString(), "get", "vault:database/creds/long");
        Cli.Result withToken = Cli.run("--config", config, "get", "vault:database/creds/long");

        assertThat(withLogin.out()).startsWith("leased-");
        assertThat(withLogin.err()).contains("warning: vault:database/creds/long: its lease ends", "use exec");
        assertThat(withToken.out()).startsWith("leased-");
        assertThat(withToken.err()).isEmpty();
    }
}
