package io.jenkins.plugins.awssecrets.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.StoredKeys;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shape that keys and database secrets are stored in, in one run of {@code check} and of {@code exec}. */
@Timeout(120)
class StoredShapesTest {
    private static final int KEYS = 320;

    @TempDir
    Path directory;

    private final List<String> expected = new ArrayList<>();
    private final StringBuilder credentials = new StringBuilder("credentials:\n");

    @Test
    void eachKeyInEachWrappingIsGivenAsItsToolReadsItAndCheckSaysSo() throws Exception {
        Seed seed = Seed.empty().secret("passphrase", TestKeys.PASSPHRASE);
        Map<String, String> formats = StoredKeys.formats(TestKeys.rsa(), TestKeys.ec("secp256r1"), TestKeys.ed25519());
        for (String key : formats.values()) {
            for (Function<String, String> wrapping : StoredKeys.wrappings().values()) {
                String id = "k" + expected.size();
                seed = seed.secret(id, wrapping.apply(key));
                declare("sshKey: {id: " + id + ", privateKey: \"sm:" + id + "\", passphrase: \"sm:passphrase\"}");
                expected.add(key);
            }
        }
        assertThat(expected).hasSizeGreaterThanOrEqualTo(KEYS);
        try (DemoConfiguration demo = new DemoConfiguration(seed)) {
            List<String> command = all(demo, "exec");
            command.addAll(List.of("--", "sh", "-c", copyEach("P$i_KEY_FILE".replace("$i", "'$i'"))));
            Cli.Result result = Cli.run(command.toArray(String[]::new));

            assertThat(result.status()).as(result.err()).isZero();
            for (int i = 0; i < expected.size(); i++) {
                assertThat(directory.resolve("copy" + i))
                        .as("k" + i)
                        .hasBinaryContent(expected.get(i).getBytes(UTF_8));
            }
            assertThat(checked(demo)).isEqualTo(expected.size());
        }
    }

    @Test
    void eachProducersDatabaseSecretGivesItsAddressAndCheckSaysSo() throws Exception {
        Seed seed = Seed.empty();
        List<String[]> rows = new ArrayList<>();
        try (InputStream table =
                Objects.requireNonNull(getClass().getResourceAsStream("/engine/database/secrets.csv"))) {
            for (String line : new String(table.readAllBytes(), UTF_8).lines().toList()) {
                String[] row = line.split("\\|", -1);
                String id = "k" + rows.size();
                seed = seed.secret(id, "{" + row[1] + ",\"username\":\"shop\",\"password\":\"s3cr3t\"}");
                declare("database: {id: " + id + ", from: \"sm:" + id + "\"}");
                rows.add(row);
            }
        }
        expected.addAll(rows.stream().map(row -> row[0]).toList());
        assertThat(rows).hasSizeGreaterThan(60);
        try (DemoConfiguration demo = new DemoConfiguration(seed)) {
            List<String> command = all(demo, "export");
            command.addAll(List.of("--format", "json"));
            JsonNode variables = JsonMapper.builder()
                    .build()
                    .readTree(Cli.run(command.toArray(String[]::new)).out());

            for (int i = 0; i < rows.size(); i++) {
                String[] row = rows.get(i);
                List<String> names = List.of("HOST", "PORT", "NAME", "URL");
                for (int column = 0; column < names.size(); column++) {
                    assertThat(variables.path("P" + i + "_" + names.get(column)).asText(""))
                            .as(row[0])
                            .isEqualTo(row[column + 2]);
                }
            }
            assertThat(checked(demo)).isEqualTo(rows.size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://R.example, r.example",
        "oci://r.example, r.example",
        "docker://r.example, r.example",
        "user@r.example, r.example",
        "//r.example, r.example",
        "docker.io, https://index.docker.io/v1/",
    })
    void aRegistryHoweverItIsWrittenIsTheOneThatDockerAsksFor(String registry, String key) throws Exception {
        declare("dockerRegistry: {id: k0, registry: \"" + registry + "\", username: joe, password: \"sm:k0\"}");
        expected.add(registry);
        try (DemoConfiguration demo = new DemoConfiguration(Seed.empty().secret("k0", "s3cr3t"))) {
            List<String> command = all(demo, "exec");
            command.addAll(List.of("--", "sh", "-c", "cat \"$DOCKER_CONFIG/config.json\""));
            Cli.Result result = Cli.run(command.toArray(String[]::new));

            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(result.out())
                            .path("auths")
                            .fieldNames())
                    .toIterable()
                    .containsExactly(key);
            assertThat(checked(demo)).isEqualTo(1);
        }
    }

    @Test
    void aDiscoveredLoginWhoseValueIsAnObjectIsTakenApart() throws Exception {
        Seed seed = Seed.parse("""
            secretsManager:
              - {name: joe, string: '{"username":"joe","password":"pw"}', tags: {"jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": joe}}
            """);
        try (DemoConfiguration demo = new DemoConfiguration(seed)) {
            String config = demo.write(directory.resolve("aws-secrets.yaml"), "discovery: {enabled: true}\n");

            assertThat(Cli.run("--config", config, "get", "--credential", "joe#password")
                            .out())
                    .isEqualTo("pw");
            assertThat(Cli.run("--config", config, "check").out()).containsPattern("ok +credential joe: ");
        }
    }

    private void declare(String credential) {
        credentials.append("  - ").append(credential).append('\n');
    }

    private List<String> all(DemoConfiguration demo, String command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--config", write(demo), command));
        for (int i = 0; i < expected.size(); i++) {
            arguments.addAll(
                    List.of("--credential", "k" + i + (credentials.indexOf("dockerRegistry") > 0 ? "" : "=P" + i)));
        }
        return arguments;
    }

    private String write(DemoConfiguration demo) throws Exception {
        return demo.write(directory.resolve("aws-secrets.yaml"), credentials.toString());
    }

    /** Shell lines that copy the file of each credential's variable. */
    private String copyEach(String variable) {
        return "i=0; while [ $i -lt " + expected.size() + " ]; do eval 'f=$" + variable + "'; cp \"$f\" " + directory
                + "/copy$i || exit 1; i=$((i+1)); done";
    }

    /** How many credentials {@code check} finds fit; none may fail. */
    private long checked(DemoConfiguration demo) throws Exception {
        Cli.Result result = Cli.run("--config", write(demo), "check");
        assertThat(result.out().lines().filter(line -> line.startsWith("failed")))
                .isEmpty();
        return result.out()
                .lines()
                .filter(line -> line.contains(" credential k"))
                .count();
    }
}
