package io.jenkins.plugins.awssecrets.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.placement.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AdviseCommandTest {
    private static final Path PAGE = Path.of("..", "docs", "placement.md");

    @TempDir
    Path directory;

    /** The blocks of the page: what is there, what uses it, and what is printed. */
    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?ms)^```(?:yaml)?\\n(.*?)^```$").matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| `GetSecretValue` | 10,000 |",
                "| `DescribeSecret` | 40,000 |",
                "| `BatchGetSecretValue` | 100 | not adjustable",
                "| decrypting a `SecureString`, a KMS call each read | | $0.03 |",
                "A replica of a secret in another region is billed as a secret of its own.",
                "managed rotation where RDS, Aurora, Redshift, DocumentDB or a partner owns the secret",
                "| `GetParameters` | 40, or 1,000 with higher throughput |",
                "Higher throughput of Parameter Store costs $0.05 for 10,000 reads of any parameter",
                "AWS KMS asks $1 a month for a key of your own",
                "its first 20,000 calls a month are free",
                "a call that is throttled becomes single reads, which are paced",
                "where a date above is more than a year ago, `advise` and the page in Jenkins say so",
            })
    void thePageHasWhatIsLimitedAndWhatIsBilledBesides(String said) throws IOException {
        assertThat(Files.readString(PAGE).replaceAll("\\s+", " ")).contains(said);
    }

    /** Price, date and source of each service, as the program has them. */
    @Test
    void thePageHasThePricesOfTheProgram() throws IOException {
        Properties prices = new Properties();
        try (InputStream in = Prices.class.getResourceAsStream("prices.properties")) {
            prices.load(in);
        }
        String page = Files.readString(PAGE);

        assertThat(page)
                .contains(
                        row(prices, "| a secret in Secrets Manager |", "secretsManager", "secretsManager"),
                        row(
                                prices,
                                "| a standard parameter, at standard throughput |",
                                "parameterStore.standard",
                                "parameterStore"),
                        "| an advanced parameter | $" + prices.getProperty("parameterStore.advanced.month") + " | $"
                                + prices.getProperty("parameterStore.advanced.per10000Calls") + " | the same |",
                        "| $" + prices.getProperty("kms.per10000Calls") + " | " + origin(prices, "kms") + " |");
    }

    private static String row(Properties prices, String begin, String key, String service) {
        return begin + " $" + prices.getProperty(key + ".month") + " | $" + prices.getProperty(key + ".per10000Calls")
                + " | " + origin(prices, service) + " |";
    }

    private static String origin(Properties prices, String service) {
        return prices.getProperty(service + ".date") + ", " + prices.getProperty(service + ".source");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ssm:/ci/orders        | store it in Secrets Manager, which rotates it
        vault:secret/orders   | read it from an engine that generates it (database, aws, pki)
        sm:prod/orders        | managed rotation where RDS, Aurora, Redshift, DocumentDB or a partner owns the secret
        """)
    void whatDoesNotRotateIsAdvisedByWhereItIs(String from, String advised) throws IOException {
        String json = "{engine: postgres, host: h, username: u, password: canary}";
        try (DemoConfiguration demo = new DemoConfiguration(Seed.parse("""
            ssm: [{name: /ci/orders, type: SecureString, value: '{"engine":"postgres","host":"h","username":"u","password":"canary"}'}]
            secretsManager: [{name: prod/orders, json: %1$s}]
            vault: {mounts: [{path: secret, secrets: [{path: orders, data: %1$s}]}]}
            """.formatted(json)))) {
            String config = demo.write(
                    directory.resolve("aws-secrets.yaml"),
                    "credentials: [{database: {id: orders, from: \"" + from + "\"}}]\n");

            assertThat(Cli.run("--config", config, "advise").out().toLowerCase(Locale.ROOT))
                    .contains("orders, password: " + from + ": ", advised.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void printsWhatThePageSaysOfItsExample() throws IOException {
        List<String> blocks = blocks();
        try (DemoConfiguration demo = new DemoConfiguration(Seed.parse(blocks.get(0)))) {
            String config = demo.write(directory.resolve("aws-secrets.yaml"), blocks.get(1));

            Cli.Result result = Cli.run("--config", config, "advise");

            assertThat(result.err().lines()).allMatch(line -> line.startsWith("aws-secrets: note: the prices of "));
            assertThat(result.status()).isZero();
            assertThat(result.out()).isEqualTo(blocks.get(2));
        }
    }

    @Test
    void jsonHoldsTheSameAndItAddsUpAsThePageReckons() throws IOException {
        List<String> blocks = blocks();
        try (DemoConfiguration demo = new DemoConfiguration(Seed.parse(blocks.get(0)))) {
            String config = demo.write(directory.resolve("aws-secrets.yaml"), blocks.get(1));

            JsonNode all = new ObjectMapper()
                    .readTree(Cli.run("--config", config, "advise", "--json").out());

            JsonNode docker = all.get(0);
            assertThat(docker.path("credential").asText()).isEqualTo("docker-hub");
            assertThat(docker.path("month").decimalValue()).isEqualByComparingTo("1.20");
            assertThat(docker.path("thousandBuilds").decimalValue()).isEqualByComparingTo("0.015");
            assertThat(docker.path("advice")).hasSize(2).allSatisfy(advice -> {
                assertThat(advice.path("kind").asText()).isEqualTo("moveToParameterStore");
                assertThat(advice.path("savesAMonth").decimalValue()).isEqualByComparingTo("0.40");
            });
            BigDecimal month = BigDecimal.ZERO;
            for (JsonNode each : all) {
                month = month.add(each.path("month").decimalValue());
            }
            // 5 secrets at $0.40 and one advanced parameter at $0.05.
            assertThat(month).isEqualByComparingTo("2.05");
        }
    }

    @Test
    void neverReadsAValue() throws IOException {
        List<String> blocks = blocks();
        try (DemoConfiguration demo = new DemoConfiguration(Seed.parse(blocks.get(0)))) {
            String config = demo.write(directory.resolve("aws-secrets.yaml"), blocks.get(1));

            Cli.run("--config", config, "advise");

            assertThat(demo.backends().requests().all())
                    .isNotEmpty()
                    .noneMatch(r ->
                            r.operation().startsWith("Get") || r.operation().startsWith("BatchGet"))
                    .filteredOn(r -> r.service() == Service.VAULT)
                    .extracting(RecordedRequest::names)
                    .allSatisfy(names -> assertThat(names)
                            .noneMatch(n -> n.contains("/data/")
                                    || n.contains("/creds/") && !n.startsWith("sys/internal/ui/mounts/")));
        }
    }

    @Test
    void limitsCanBeSetAndTheStateOfRotationIsTold() throws IOException {
        Seed seed = Seed.parse("""
            ssm: [{name: /ci/password, value: canary}]
            secretsManager:
              - {name: off, json: {engine: e, host: h, username: u, password: canary}}
              - {name: seldom, json: {engine: e, host: h, username: u, password: canary}, rotation: {enabled: true, everyDays: 60}}
            """);
        try (DemoConfiguration demo = new DemoConfiguration(seed)) {
            String config = demo.write(directory.resolve("aws-secrets.yaml"), """
                credentials:
                  - database: {id: "off", from: "sm:off"}
                  - database: {id: seldom, from: "sm:seldom"}
                  - string: {id: plain, secret: "ssm:/ci/password"}
                """);

            Cli.Result usual = Cli.run("--config", config, "advise", "--json");
            Cli.Result strict = Cli.run("--config", config, "advise", "--json", "--database-days", "30");

            assertThat(kinds(usual)).containsExactly("noRotation", "keptInTheClear");
            assertThat(kinds(strict)).containsExactly("noRotation", "rotatesTooSeldom", "keptInTheClear");
            assertThat(usual.all()).doesNotContain("canary");
        }
    }

    @Test
    void whatIsNotThereCostsNothingAndWhatMayNotBeListedIsReckoned() throws IOException {
        Seed seed = Seed.parse("""
            aws:
              accessKeys: [{id: AKIAADMIN}, {id: AKIAPOOR, policies: [poor]}]
              policies: {poor: [{allow: ["secretsmanager:GetSecretValue"]}]}
            secretsManager: [{name: ci/npm, string: canary}]
            """);
        try (DemoBackends backends = DemoBackends.start(seed)) {
            assertThat(advise(backends, "AKIAADMIN"))
                    .contains("nowhere: secret not found")
                    .containsPattern("all +\\$0.40 +\\$0.005")
                    .doesNotContain("ghost, ");
            assertThat(advise(backends, "AKIAPOOR"))
                    .doesNotContain("nowhere")
                    .containsPattern("all +\\$1.20 +\\$0.015");
        }
    }

    private String advise(DemoBackends backends, String key) throws IOException {
        Path config =
                Files.writeString(directory.resolve("aws-secrets.yaml"), """
                    sources: [{secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: %s, secretAccessKey: made-up}}]
                    credentials:
                      - string: {id: npm, secret: "sm:ci/npm"}
                      - usernamePassword: {id: ghost, username: "sm:ci/ghost-name", password: "sm:ci/ghost"}
                    discovery: {enabled: false}
                    """.formatted(backends.secretsManager(), key));
        return Cli.run("--config", config.toString(), "advise").out();
    }

    private static List<String> kinds(Cli.Result result) throws IOException {
        List<String> kinds = new ArrayList<>();
        new ObjectMapper().readTree(result.out()).forEach(p -> p.path("advice")
                .forEach(a -> kinds.add(a.path("kind").asText())));
        return kinds;
    }
}
