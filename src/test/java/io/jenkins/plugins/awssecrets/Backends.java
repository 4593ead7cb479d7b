package io.jenkins.plugins.awssecrets;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.casc.yaml.YamlUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Clock clock;
    private DemoBackends running;

    public Backends(Seed seed) {
        this(seed, Clock.systemUTC());
    }

    /** @param clock what temporary keys end by */
    public Backends(Seed seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        KEYS.forEach(key -> System.setProperty(key, "demo"));
        running = DemoBackends.start(seed, clock);
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
     * Configures the three sources under their default ids, lends their addresses to all folders, and more.
     *
     * @param more YAML of {@code awsSecrets} beside {@code sources}, not indented
     * @param lent addresses that are lent to all folders too
     */
    public void configure(String more, URI... lent) throws Exception {
        load("unclassified:\n  awsSecrets:\n" + (sources() + lent(lent) + more).indent(4));
    }

    /** The three sources, as YAML of {@code awsSecrets}. Every job may name all that is in them. */
    public String sources() {
        return sources("allow: [{names: [\"**\"]}]");
    }

    /** @param rules {@code allow} of each, or nothing */
    public String sources(String rules) {
        String more = rules.isEmpty() ? "" : ", " + rules;
        return """
            sources:
              - ssm: {id: ssm, region: eu-west-1, endpoint: "%s"%s}
              - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s"%s}
              - vault: {id: vault, url: "%s", auth: {token: {token: "%s"}}%s}
            """.formatted(
                        running.ssm(),
                        more,
                        running.secretsManager(),
                        more,
                        running.vault(),
                        seed.vault().rootToken(),
                        more);
    }

    /** Lends all folders the addresses of the backends, which are loopback ones, and others, as YAML of {@code awsSecrets}. */
    public String lent(URI... others) {
        return Stream.concat(
                        Stream.of(running.ssm(), running.secretsManager(), running.sts(), running.vault()),
                        Stream.of(others))
                .map(address -> "\"" + address + "\"")
                .distinct()
                .collect(Collectors.joining(", ", "folders: [{folders: [\"**\"], addresses: [", "]}]\n"));
    }

    /** Configures no source, and lends all folders the addresses of the backends. */
    public void lend() throws Exception {
        load("unclassified:\n  awsSecrets:\n    " + lent());
    }

    /**
     * Configures neither sources nor credentials, and lends to folders.
     *
     * @param loans list of {@code folders}, as YAML on one line
     */
    public static void lend(String loans) throws Exception {
        load("""
            unclassified:
              awsSecrets:
                sources: []
                credentials: []
                discovery: {enabled: false}
                folders: %s
            """.formatted(loans));
    }

    /**
     * Applies a file of configuration as code. One of this plugin alone is applied by its own configurator: the one
     * above looks for the page of each configuration that there is, which takes as long as to start a Jenkins.
     */
    public static void load(String yaml) throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        Mapping file = YamlUtils.loadFrom(List.of(source(yaml)), context);
        if (!file.keySet().equals(Set.of("unclassified"))
                || !file.get("unclassified").asMapping().keySet().equals(Set.of("awsSecrets"))) {
            loadWhole(yaml);
            return;
        }
        CNode own = file.get("unclassified").asMapping().get("awsSecrets");
        Configurator<AwsSecretsConfiguration> configurator = context.lookupOrFail(AwsSecretsConfiguration.class);
        SecretSource.all().forEach(SecretSource::init);
        configurator.check(own.clone(), context);
        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
            configurator.configure(own, context);
        }
    }

    /** Applies a file of configuration as code as Jenkins does. */
    public static void loadWhole(String yaml) throws Exception {
        ConfigurationAsCode.get().configureWith(source(yaml));
    }

    private static YamlSource<InputStream> source(String yaml) {
        return YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
