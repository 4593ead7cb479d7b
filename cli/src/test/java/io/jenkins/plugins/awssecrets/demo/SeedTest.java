package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.seed.ParameterSeed;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.demo.seed.SeedMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SeedTest {
    private static final Path DEMO = Path.of("../demo/seeds.yaml");

    @Test
    void theDemosSeedsHoldTheExamplesOfTheDocumentation() throws IOException {
        Seed seed = Seed.read(DEMO);

        assertThat(seed.ssm()).extracting(ParameterSeed::name).contains("/ci/docker/registry", "/ci/docker/username");
        assertThat(seed.secretsManager()).extracting(SecretSeed::name).contains("ci/docker", "prod/orders", "ci/sonar");
        try (DemoBackends backends = DemoBackends.start(seed);
                SecretsManagerClient client = Clients.secretsManager(backends.secretsManager(), Clients.ANYBODY)) {
            VaultHttp vault = new VaultHttp(backends.vault(), Optional.of("demo-ci-token"));
            assertThat(vault.get("secret/data/ci/db").status()).isEqualTo(200);
            assertThat(vault.get("aws/creds/deploy").data().path("access_key").asText())
                    .startsWith("AKIADEMO");
            assertThat(vault.get("database/creds/readonly").status()).isEqualTo(200);
            assertThat(client.getSecretValue(r -> r.secretId("prod/orders").versionStage("AWSPREVIOUS"))
                            .secretString())
                    .contains("\"dbname\":\"shop\"");
        }
    }

    @Test
    void aSeedIsBuiltInCodeToo() {
        Seed seed = Seed.empty()
                .parameter("/a", "canary")
                .secureParameter("/b", "canary")
                .secret("c", "canary");

        assertThat(seed.ssm()).extracting(ParameterSeed::type).containsExactly("String", "SecureString");
        assertThat(seed.secretsManager()).hasSize(1);
        assertThat(seed.toString()).contains("/b").doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ssm: [{ name: /a, valeu: canary }]                  | seed:1:34: no member 'valeu' is known here. Known: changed, description,
        nosuch: 1                                           | seed:1:10: no member 'nosuch' is known here. Known: aws, secretsManager, ssm, vault
        ssm: { name: /a }                                   | seed:1:6: member 'ssm': expected a list
        ssm: [/a]                                           | expected a mapping of members
        vault: { mounts: [{ path: secret, version: two }] } | member 'version': expected a number
        ssm: [{ name: /a, value: "canary }]                 | not valid YAML
        """)
    void aSeedThatIsNoneIsRefusedWithItsPlaceAndWhatIsExpected(String yaml, String message) {
        assertThatThrownBy(() -> Seed.parse(yaml))
                .isInstanceOf(SeedMistake.class)
                .hasMessageContaining(message)
                .hasMessageMatching("seed:1:[0-9]+: .*")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aParameterWithoutAValueIsRefusedByName() {
        assertThatThrownBy(() -> DemoBackends.start(Seed.parse("ssm: [{ name: /a }]")))
                .hasMessageContaining("parameter /a has no value");
    }
}
