package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The variables that AWS' own tools read, in a process of its own as the SDK reads them. */
@Timeout(120)
class AwsEnvironmentTest {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        ssm: [{name: /ci/a, value: here}]
        secretsManager: [{name: ci/a, string: here}]
        """));

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void anEndpointOfTheEnvironmentIsNamedWhenItIsDown() throws Exception {
        for (String variable : new String[] {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSM"}) {
            assertThat(get("ssm:/ci/a", keys(Map.of("AWS_REGION", "eu-west-1", variable, "http://127.0.0.1:1/"))))
                    .startsWith("69  aws-secrets: ssm:/ci/a: Parameter Store in eu-west-1 at http://127.0.0.1:1: ");
        }
        assertThat(get(
                        "sm:ci/a",
                        keys(Map.of(
                                "AWS_REGION", "eu-west-1",
                                "AWS_ENDPOINT_URL", backends.secretsManager().toString(),
                                "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:1"))))
                .startsWith("69  aws-secrets: sm:ci/a: Secrets Manager in eu-west-1 at http://127.0.0.1:1: ");
    }

    @Test
    void theRegionOfAwsOwnCommandLineIsUsed() throws Exception {
        assertThat(get(
                        "ssm:/ci/a",
                        keys(Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_ENDPOINT_URL_SSM", endpoint()))))
                .isEqualTo("0 here ");
        assertThat(get(
                        "ssm:/ci/a",
                        keys(Map.of("AWS_DEFAULT_REGION", "eu_west_1", "AWS_ENDPOINT_URL_SSM", endpoint()))))
                .startsWith("65  aws-secrets: ")
                .contains("not a valid region");
    }

    @Test
    void anAbsentProfileIsSaidBeforeAnythingElse() throws Exception {
        Files.createDirectories(home.resolve(".aws"));
        assertThat(get("ssm:/ci/a", Map.of("AWS_PROFILE", "nope", "AWS_ENDPOINT_URL_SSM", endpoint())))
                .startsWith("77  aws-secrets: ")
                .contains("profile nope is not in ~/.aws/config");
        for (String variable : new String[] {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}) {
            assertThat(get(
                            "ssm:/ci/a",
                            Map.of(variable, "nope", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/role")))
                    .startsWith("77  aws-secrets: ")
                    .contains("profile nope is not in ~/.aws/config");
        }
    }

    @Test
    void halfAKeyIsSaid() throws Exception {
        assertThat(get(
                        "ssm:/ci/a",
                        Map.of("AWS_ACCESS_KEY_ID", "AKIA", "AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", endpoint())))
                .startsWith("77  aws-secrets: ")
                .contains("one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is missing");
    }

    private String endpoint() {
        return backends.ssm().toString();
    }

    private static Map<String, String> keys(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.putAll(Map.of("AWS_ACCESS_KEY_ID", "demo", "AWS_SECRET_ACCESS_KEY", "demo"));
        return keys;
    }

    private String get(String reference, Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of("HOME", home.toString(), "AWS_EC2_METADATA_DISABLED", "true"));
        Path file = Files.writeString(home.resolve("none.yaml"), "");
        return CliProcess.run(
                java.util.stream.Stream.concat(
                                CliProcess.OPENS.stream(), java.util.stream.Stream.of("-Duser.home=" + home))
                        .toList(),
                all,
                "--config",
                file.toString(),
                "get",
                reference);
    }
}
