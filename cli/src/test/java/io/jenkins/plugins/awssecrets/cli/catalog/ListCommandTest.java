package io.jenkins.plugins.awssecrets.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ListCommandTest {
    private static final String DECLARED = """
        credentials:
          - dockerRegistry: {id: hub, description: "The hub", username: "ssm:/ci/user", password: "sm:ci/docker#password"}
          - string: {id: pinned, secret: "ssm:/ci/user?version=1"}
          - string: {id: hidden, secret: "sm:ci/docker#password"}
          - usernamePassword: {id: literal, username: me, password: "vault:secret/db#p"}
        """;

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
            ssm:
              - {name: /ci/user, value: u-canary, versions: [{value: v1}]}
              - {name: /ci/found, type: SecureString, value: f-canary, tags: {"jenkins:credentials:type": string}}
            secretsManager:
              - {name: ci/docker, version: v-docker, changed: "2026-01-02T03:04:05Z", json: {password: d-canary}, rotation: {enabled: true, everyDays: 30, next: "2026-02-01T00:00:00Z"}}
              - {name: hidden, string: h-canary, tags: {"jenkins:credentials:type": string}}
              - {name: shown, string: s-canary, tags: {"jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": bob}}
            vault:
              mounts:
                - {path: secret, type: kv, version: 2, secrets: [{path: db, data: {p: p-canary}, metadata: {"jenkins:credentials:type": database}}]}
            """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @AfterEach
    void fix() {
        demo.backends().faults().clear();
    }

    @Test
    void declaredThenDiscoveredCredentialsWithWhatTheirSourcesTell() throws IOException {
        Cli.Result result = list(DECLARED);

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out().lines().map(line -> line.replaceAll(" {2,}", "|")
                        .replaceAll("2\\d{3}-[^|]*Z", "<time>")))
                .containsExactly(
                        "ID|KIND|SOURCE|VERSION|CHANGED|ROTATION|FROM",
                        "hub|dockerRegistry|sm,ssm|v-docker|<time>|every 30 days, next <time>|ssm:/ci/user"
                                + " sm:ci/docker#password",
                        "pinned|string|ssm|1|<time>|-|ssm:/ci/user?version=1",
                        "hidden|string|sm|v-docker|<time>|every 30 days, next <time>|sm:ci/docker#password",
                        "literal|usernamePassword|vault|1|<time>|-|vault:secret/db#p",
                        "ci-found|string|ssm|1|<time>|-|ssm:/ci/found",
                        "shown|usernamePassword|sm|" + version("shown") + "|<time>|off|sm:shown",
                        "secret-db|database|vault|1|<time>|-|vault:secret/db");
        assertThat(result.out()).contains("2026-01-02T03:04:05Z").doesNotContain("canary");
    }

    @Test
    void jsonHoldsTheSame() throws IOException {
        JsonNode array = new ObjectMapper().readTree(list(DECLARED, "--json").out());

        assertThat(array).hasSize(7);
        JsonNode hub = array.get(0);
        assertThat(hub.get("id").asText()).isEqualTo("hub");
        assertThat(hub.get("kind").asText()).isEqualTo("dockerRegistry");
        assertThat(hub.get("description").asText()).isEqualTo("The hub");
        assertThat(hub.get("declared").asBoolean()).isTrue();
        assertThat(hub.get("sources")).extracting(JsonNode::asText).containsExactly("sm", "ssm");
        assertThat(hub.get("references"))
                .extracting(JsonNode::asText)
                .containsExactly("ssm:/ci/user", "sm:ci/docker#password");
        assertThat(hub.get("version").asText()).isEqualTo("v-docker");
        assertThat(hub.get("changed").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(hub.at("/rotation/everyDays").asInt()).isEqualTo(30);
        assertThat(hub.at("/rotation/next").asText()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(array)
                .filteredOn(entry -> entry.get("rotation").isObject())
                .hasSizeGreaterThan(1)
                .allSatisfy(entry -> assertThat(entry.get("rotation").fieldNames())
                        .toIterable()
                        .containsExactly("enabled", "everyDays", "last", "next"));
        assertThat(array.get(4).get("declared").asBoolean()).isFalse();
        assertThat(array.get(4).get("rotation").isNull()).isTrue();
    }

    @Test
    void foldersOfTheTagAreShownWhereThereAreSome() throws IOException {
        try (DemoConfiguration tagged = new DemoConfiguration(Seed.parse("""
            secretsManager:
              - {name: all, string: a-canary, tags: {"jenkins:credentials:type": string}}
              - {name: some, string: s-canary, tags: {"jenkins:credentials:type": string, "jenkins:credentials:folder": "shop/pay:ops"}}
            """))) {
            String file = tagged.write(directory.resolve("aws-secrets.yaml"), "");

            assertThat(Cli.run("--config", file, "list").out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                    .anySatisfy(
                            line -> assertThat(line).isEqualTo("ID|KIND|SOURCE|VERSION|CHANGED|ROTATION|FOLDER|FROM"))
                    .anySatisfy(line -> assertThat(line).startsWith("all|").endsWith("|-|sm:all"))
                    .anySatisfy(line -> assertThat(line).startsWith("some|").endsWith("|shop/pay, ops|sm:some"));
            JsonNode array = new ObjectMapper()
                    .readTree(Cli.run("--config", file, "list", "--json").out());
            assertThat(array.get(0).get("folders")).isEmpty();
            assertThat(array.get(1).get("folders")).extracting(JsonNode::asText).containsExactly("shop/pay", "ops");
        }
    }

    @Test
    void withoutDiscoveryOnlyDeclaredOnes() throws IOException {
        assertThat(list(DECLARED + "discovery: {enabled: false}\n").out().lines())
                .hasSize(5);
    }

    @Test
    void aSourceThatDoesNotAllowListingIsToldAndTheRestIsShown() throws IOException {
        demo.backends().faults().inject(Service.SECRETS_MANAGER, "ListSecrets", Fault.denied());

        Cli.Result result = list(DECLARED);

        assertThat(result.status()).isEqualTo(77);
        assertThat(result.out()).contains("hub", "ci-found", "secret-db").doesNotContain("shown");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("source sm");
    }

    @Test
    void withoutDiscoveryASourceThatDoesNotAllowListingIsNoError() throws IOException {
        demo.backends().faults().inject(Service.SECRETS_MANAGER, "ListSecrets", Fault.denied());

        Cli.Result result = list(DECLARED + "discovery: {enabled: false}\n");

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).containsPattern("hub +dockerRegistry +sm,ssm +- +- +-");
    }

    @Test
    void listIsBoundedAndSearched() throws IOException {
        Cli.Result two = list(DECLARED, "--limit", "2");
        assertThat(two.out().lines()).hasSize(3);
        assertThat(two.err())
                .isEqualTo(
                        "aws-secrets: listed 2 of 7 credentials. Narrow the list with --search TEXT, or list all with"
                                + " --limit 0\n");
        assertThat(new ObjectMapper()
                        .readTree(list(DECLARED, "--json", "--limit", "2").out()))
                .hasSize(2);
        assertThat(list(DECLARED, "--limit", "0").out().lines()).hasSize(8);

        Cli.Result found = list(DECLARED, "--search", "FOUND");
        assertThat(found.err()).isEmpty();
        assertThat(found.out().lines()).hasSize(2).last().asString().startsWith("ci-found ");
        assertThat(new ObjectMapper()
                        .readTree(list(DECLARED, "--json", "--search", "dockerregistry")
                                .out()))
                .hasSize(1);
    }

    private String version(String name) throws IOException {
        for (JsonNode one : new ObjectMapper().readTree(list(DECLARED, "--json").out())) {
            if (one.get("id").asText().equals(name)) {
                return one.get("version").asText();
            }
        }
        return "";
    }

    private Cli.Result list(String more, String... options) throws IOException {
        String config = demo.write(directory.resolve("aws-secrets.yaml"), more);
        List<String> arguments = new ArrayList<>(List.of("--config", config, "list"));
        arguments.addAll(List.of(options));
        return Cli.run(arguments.toArray(new String[0]));
    }
}
