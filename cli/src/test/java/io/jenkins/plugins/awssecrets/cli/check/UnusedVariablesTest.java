package io.jenkins.plugins.awssecrets.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Variables that AWS' and Vault's own clients obey: each is obeyed here, refused, or said to be unused by {@code check}. */
@Timeout(120)
class UnusedVariablesTest {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        ssm: [{name: /ci/a, value: here}]
        vault: {mounts: [{path: secret, secrets: [{path: a, data: {k: here}}]}]}
        """));

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void checkSaysWhichOnesAreNotUsedAndGoesOn() throws Exception {
        List<String> ofAws = List.of("AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_STS_REGIONAL_ENDPOINTS");
        List<String> ofVault = List.of("VAULT_SKIP_VERIFY", "VAULT_TLS_SERVER_NAME", "VAULT_CLIENT_TIMEOUT");
        Map<String, String> environment = new HashMap<>(environment());
        ofAws.forEach(name -> environment.put(name, "1"));
        ofVault.forEach(name -> environment.put(name, "1"));

        String all = run(environment, "check");

        assertThat(all).startsWith("0 ");
        ofAws.forEach(name -> assertThat(all).containsOnlyOnce("the environment variable " + name + " is not used: "));
        ofVault.forEach(
                name -> assertThat(all).containsOnlyOnce("the environment variable " + name + " is not used: "));
    }

    @Test
    void withoutThemNothingIsSaid() throws Exception {
        assertThat(run(environment(), "check")).startsWith("0 ").doesNotContain("environment");
    }

    /** The SDK would call the endpoint all the same. */
    @Test
    void anEndpointThatIsToBeIgnoredIsNotCalledInSilence() throws Exception {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");

        assertThat(run(environment, "get", "ssm:/ci/a"))
                .startsWith("65 ")
                .contains("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: it is not supported, and AWS_ENDPOINT_URL_SSM names")
                .contains("Unset one of them");
        environment.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false");
        assertThat(run(environment, "get", "ssm:/ci/a")).startsWith("0 here");
    }

    /** They are obeyed: AWS' FIPS and dual-stack endpoints are others than one of the environment. */
    @Test
    void fipsAndDualStackOfTheEnvironmentAreNotDropped() throws Exception {
        for (String variable : new String[] {"AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"}) {
            Map<String, String> environment = new HashMap<>(environment());
            environment.put(variable, "true");

            assertThat(run(environment, "get", "ssm:/ci/a"))
                    .as(variable)
                    .startsWith("65 ")
                    .contains("FIPS");
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "demo",
                "AWS_SECRET_ACCESS_KEY", "demo",
                "AWS_ENDPOINT_URL_SSM", backends.ssm().toString(),
                "VAULT_ADDR", backends.vault().toString(),
                "VAULT_TOKEN", "demo-root-token");
    }

    private String run(Map<String, String> environment, String... command) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of("HOME", home.toString(), "AWS_EC2_METADATA_DISABLED", "true"));
        Path file = Files.writeString(home.resolve("aws-secrets.yaml"), """
            credentials:
              - string: {id: a, secret: "ssm:/ci/a"}
              - string: {id: b, secret: "vault:secret/a#k"}
            discovery: {enabled: false}
            """);
        String[] words = new String[command.length + 2];
        words[0] = "--config";
        words[1] = file.toString();
        System.arraycopy(command, 0, words, 2, command.length);
        return CliProcess.run(CliProcess.OPENS, all, words);
    }
}
