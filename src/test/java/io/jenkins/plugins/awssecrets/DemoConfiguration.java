package io.jenkins.plugins.awssecrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The seeds and the configuration of the demo that {@code bin/run} shows. */
public final class DemoConfiguration {
    private static final Path DEMO = Path.of("demo").toAbsolutePath();

    private DemoConfiguration() {}

    /**
     * {@code demo/jenkins.yaml}, leading to these backends.
     *
     * @param url of Jenkins
     */
    public static String of(DemoBackends backends, String url) throws IOException {
        String yaml = Files.readString(DEMO.resolve("jenkins.yaml"));
        Map<String, String> variables = Map.of(
                "AWS_SECRETS_DEMO", DEMO.toString(),
                "AWS_SECRETS_DEMO_URL", url,
                "AWS_ENDPOINT_URL_SSM", backends.ssm().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", backends.secretsManager().toString(),
                "VAULT_ADDR", backends.vault().toString());
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            yaml = yaml.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        assertThat(yaml).doesNotContain("${");
        return yaml;
    }

    public static Seed seeds() {
        try {
            return Seed.read(DEMO.resolve("seeds.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
