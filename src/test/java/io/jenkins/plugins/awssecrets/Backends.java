package io.jenkins.plugins.awssecrets;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Parameter Store, Secrets Manager and Vault on loopback, speaking the real protocols, with a configuration of Jenkins
 * that leads to them. AWS' default chain finds made-up keys while it runs.
 */
public final class Backends implements BeforeEachCallback, AfterEachCallback {
    private static final List<String> KEYS = List.of("aws.accessKeyId", "aws.secretAccessKey");

    private final Seed seed;
    private DemoBackends running;

    public Backends(Seed seed) {
        this.seed = seed;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        KEYS.forEach(key -> System.setProperty(key, "demo"));
        running = DemoBackends.start(seed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running.close();
        KEYS.forEach(System::clearProperty);
    }

    public DemoBackends running() {
        return running;
    }

    /**
     * Configures the three sources under their default ids, and more.
     *
     * @param more YAML of {@code awsSecrets} beside {@code sources}, not indented
     */
    public void configure(String more) throws Exception {
        load("unclassified:\n  awsSecrets:\n" + (sources() + more).indent(4));
    }

    /** The three sources, as YAML of {@code awsSecrets}. */
    public String sources() {
        return """
                sources:
                  - ssm: {id: ssm, region: eu-west-1, endpoint: "%s"}
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s"}
                  - vault: {id: vault, url: "%s", auth: {token: {token: "%s"}}}
                """.formatted(
                        running.ssm(),
                        running.secretsManager(),
                        running.vault(),
                        seed.vault().rootToken());
    }

    /** Applies a whole file of configuration as code. */
    public static void load(String yaml) throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }
}
