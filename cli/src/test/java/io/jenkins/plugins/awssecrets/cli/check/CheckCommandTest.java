package io.jenkins.plugins.awssecrets.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckCommandTest {
    private static final String GOOD = """
        credentials:
          - dockerRegistry: {id: hub, username: "ssm:/ci/user", password: "sm:ci/docker#password"}
          - string: {id: dynamic, secret: "vault:database/creds/long#password"}
        """;

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
            ssm: [{name: /ci/user, value: u-canary}]
            secretsManager: [{name: ci/docker, json: {password: d-canary}}]
            vault:
              mounts:
                - {path: secret, type: kv, version: 2, secrets: [{path: db, data: {p: p-canary}}]}
                - {path: database, type: database, roles: {long: {ttl: 1h, fields: {password: "{{random}}"}}}}
            """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @AfterEach
    void fix() {
        demo.backends().faults().clear();
        demo.backends().requests().clear();
    }

    @Test
    void allIsWell() throws IOException {
        Cli.Result result = check(GOOD);

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out().lines().map(line -> line.replaceAll(": .*", "")))
                .containsExactly(
                        "ok      source ssm",
                        "ok      source sm",
                        "ok      source vault",
                        "ok      credential hub",
                        "ok      credential dynamic");
        assertThat(result.out())
                .contains("credential hub: read username, password")
                .doesNotContain("canary");
    }

    @Test
    void oneCauseBehindSeveralFieldsIsToldOnce() throws IOException {
        Path config = Files.writeString(directory.resolve("own.yaml"), """
            sources:
              - ssm: {region: eu-west-1, profile: nope}
              - secretsManager: {id: sm, region: eu-west-1, profile: nope}
            credentials:
              - dockerRegistry: {id: hub, registry: "ssm:/ci/registry", username: "ssm:/ci/user", password: "sm:ci/docker"}
            """);
        Cli.Result result = Cli.run("--config", config.toString(), "check");

        assertThat(result.err()).startsWith("aws-secrets: check: 3 of 3 failed");
        String line = result.out()
                .lines()
                .filter(l -> l.contains("credential hub"))
                .findFirst()
                .orElseThrow();
        assertThat(line)
                .startsWith("failed  credential hub: source ssm, source sm: ")
                .doesNotContain(" | ");
        assertThat(line.split("profile nope", -1)).hasSize(2);
    }

    @Test
    void whatACheckLeasedIsRevoked() throws IOException {
        check(GOOD);

        assertThat(demo.backends().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(1);
    }

    @Test
    void whatFailsIsToldWithItsFixAndTheRestIsChecked() throws IOException {
        Cli.Result result = check(GOOD + """
              - string: {id: gone, secret: "sm:ci/gone"}
              - usernamePassword: {id: wrong, username: "ssm:/ci/user", password: "sm:ci/docker#pass"}
            """);

        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err()).isEqualTo("aws-secrets: check: 2 of 7 failed. Fix what the report marks as failed\n");
        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("failed  credential gone: sm:ci/gone: ")
                        .contains(". "))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("failed  credential wrong: usernamePassword 'wrong', password: sm:ci/docker#pass:")
                        .contains("no field 'pass': password"))
                .anySatisfy(line -> assertThat(line).startsWith("ok      credential hub"));
    }

    @Test
    void theWorstFailureGivesTheCode() throws IOException {
        demo.backends().faults().refuse(Service.VAULT);

        Cli.Result result = check(GOOD + "  - string: {id: gone, secret: \"sm:ci/gone\"}\n", "--timeout", "3");

        assertThat(result.status()).isEqualTo(69);
        assertThat(result.out())
                .contains("failed  source vault: ", "failed  credential dynamic: ", "ok      source ssm");
    }

    @Test
    void aTimeoutNamesTheOptionAndItsValue() throws IOException {
        demo.backends().faults().inject(Service.SSM, Fault.latency(Duration.ofSeconds(20)));

        Cli.Result result = check(GOOD, "--timeout", "2");

        assertThat(result.status()).isEqualTo(69);
        assertThat(result.out().lines()).anySatisfy(line -> assertThat(line)
                .startsWith("failed  source ssm: ")
                .contains("The limit is 2 s; --timeout sets another"));
    }

    @Test
    void listingThatIsDeniedIsAWarning() throws IOException {
        demo.backends().faults().inject(Service.SECRETS_MANAGER, "ListSecrets", Fault.denied());

        Cli.Result result = check(GOOD);

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("warning source sm: ");
    }

    @Test
    void aDefaultSourceThatLacksItsAddressIsToldWhereItIsUsed() throws IOException {
        Path config = Files.writeString(
                directory.resolve("aws-secrets.yaml"), "credentials: [{string: {id: x, secret: \"vault:secret/db\"}}]");

        Cli.Result result = Cli.run("--config", config.toString(), "check");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.out().lines())
                .containsExactly(
                        "failed  source vault: no address is configured. Set VAULT_ADDR to https://host:8200, or"
                                + " configure the source",
                        "failed  credential x: source vault: no address is configured. Set VAULT_ADDR to"
                                + " https://host:8200, or configure the source");
    }

    @Test
    void jsonHoldsTheSame() throws IOException {
        String config = demo.write(
                directory.resolve("aws-secrets.yaml"), GOOD + "  - string: {id: gone, secret: \"sm:ci/gone\"}\n");

        Cli.Result result = Cli.run(Map.of(), new byte[0], "--config", config, "check", "--json");

        JsonNode array = new ObjectMapper().readTree(result.out());
        assertThat(array).hasSize(6);
        assertThat(array.get(0).get("subject").asText()).isEqualTo("source ssm");
        assertThat(array.get(0).get("status").asText()).isEqualTo("ok");
        JsonNode gone = array.get(5);
        assertThat(gone.get("status").asText()).isEqualTo("failed");
        assertThat(gone.at("/problems/0/problem").asText()).isEqualTo("NOT_FOUND");
        assertThat(gone.at("/problems/0/fix").asText()).isNotBlank();
        assertThat(result.status()).isEqualTo(66);
    }

    @Test
    void whatIsTheSameOfManyIsOneLine() throws IOException {
        StringBuilder seed = new StringBuilder("secretsManager:\n");
        for (int i = 1; i <= 11; i++) {
            seed.append("  - {name: other/")
                    .append(i)
                    .append(", string: canary, tags: {\"jenkins:credentials:type\": string}}\n");
        }
        seed.append("  - {name: odd, string: canary, tags: {\"jenkins:credentials:typ\": string}}\n");
        seed.append("  - {name: ci/in, string: canary, tags: {\"jenkins:credentials:type\": string}}\n");
        try (DemoConfiguration many = new DemoConfiguration(Seed.parse(seed.toString()))) {
            String config = Files.writeString(directory.resolve("many.yaml"), """
                sources:
                  - secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: a, secretAccessKey: b, filter: {namePrefix: ci/}}
                """.formatted(
                                    many.backends().secretsManager()))
                    .toString();

            Cli.Result inLines = Cli.run("--config", config, "check");
            Cli.Result inJson = Cli.run("--config", config, "check", "--json");

            assertThat(inLines.out().lines().filter(line -> line.startsWith("note")))
                    .singleElement()
                    .asString()
                    .matches("note    (secret sm:other/\\d+, ){4}secret sm:other/\\d+ and 6 more: it is a credential by"
                            + " its tags, and the filter of source sm leaves it out: its name does not begin with"
                            + " 'ci/'\\. .*");
            assertThat(inLines.out().lines()).contains("ok      credential ci/in: discovered, read secret");
            assertThat(new ObjectMapper().readTree(inJson.out()))
                    .filteredOn(one -> one.get("status").asText().equals("note"))
                    .hasSize(11);
        }
    }

    @Test
    void whatWorksIsALineEach() throws IOException {
        assertThat(check(GOOD + "  - string: {id: again, secret: \"sm:ci/docker#password\"}\n")
                        .out()
                        .lines())
                .filteredOn(line -> line.startsWith("ok      credential"))
                .hasSize(3);
    }

    @Test
    void notesOfTheFileAreItsFirstLines() throws IOException {
        String config = demo.write(directory.resolve("notes.yaml"), """
            credentials:
              - string: {id: whole, secret: "sm:ci/docker"} #comment
              - string:
                  id: cut
                  secret: sm:ci/docker #password
            """);

        Cli.Result result = Cli.run("--config", config, "check");

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().filter(line -> line.startsWith("note")))
                .containsExactly(
                        "note    configuration " + config + ":9:15: credentials[1].string.secret: '#password' after a"
                                + " blank is a comment of YAML, so no field is named. Write"
                                + " sm:ci/docker#password without the blank, or put the"
                                + " comment into a line of its own");
        assertThat(result.status()).isZero();
        assertThat(Cli.run("--config", config, "get", "--credential", "cut").err())
                .startsWith("aws-secrets: note: " + config + ":9:15: credentials[1].string.secret: '#password' after");
    }

    @Test
    void whatOnlyJenkinsUsesIsOneLineOfAnyOtherCommandAndExplainedByCheck() throws IOException {
        Path config = Files.writeString(directory.resolve("jenkins.yaml"), """
            sources:
              - ssm: {region: eu-west-1, endpoint: "%s", accessKeyId: a, secretAccessKey: b, credentialsId: x}
              - secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: a, secretAccessKey: b, credentialsId: y}
            discovery: {enabled: false}
            """.formatted(
                        demo.backends().ssm(), demo.backends().secretsManager()));

        Cli.Result got = Cli.run("--config", config.toString(), "get", "ssm:/ci/user");
        Cli.Result checked = Cli.run("--config", config.toString(), "check");

        assertThat(got.out()).isEqualTo("u-canary");
        assertThat(got.err())
                .matches("aws-secrets: note: " + config
                        + ":2:\\d+: sources\\[0]\\.ssm\\.credentialsId, and 1 more: used by"
                        + " Jenkins only\\. Run aws-secrets check for what is done in their place\\n");
        assertThat(checked.out().lines().filter(line -> line.startsWith("note")))
                .singleElement()
                .asString()
                .contains(
                        "sources[0].ssm.credentialsId",
                        "sources[1].secretsManager.credentialsId",
                        "default credentials chain");
        assertThat(checked.err()).isEmpty();
    }

    private Cli.Result check(String more, String... options) throws IOException {
        String config = demo.write(directory.resolve("aws-secrets.yaml"), more);
        return options.length == 0
                ? Cli.run("--config", config, "check")
                : Cli.run("--config", config, "check", options[0], options[1]);
    }
}
