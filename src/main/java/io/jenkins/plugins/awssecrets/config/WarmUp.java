package io.jenkins.plugins.awssecrets.config;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.ListingWarmUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Prepares the first listing of Secrets Manager ({@link ListingWarmUp}) while Jenkins is still starting, in the
 * background: when the configuration has been applied, the secrets themselves can be asked for at once.
 */
public final class WarmUp {
    private static final Logger LOGGER = Logger.getLogger(WarmUp.class.getName());

    private WarmUp() {}

    /** Beside configuration as code, which one thread reads while others wait for it. */
    @Initializer(after = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void begin() {
        Catalog catalog = Catalog.get();
        catalog.executor().execute(() -> {
            if (!catalog.hasLists()
                    && isDue(
                            AwsSecretsConfiguration.get(),
                            System.getenv(),
                            Jenkins.get().getRootDir().toPath())) {
                run();
            }
        });
    }

    /**
     * Whether Secrets Manager may be listed at this start: a source of it is configured, or nothing was ever saved and
     * the configuration is still to come, as code.
     *
     * @param home of Jenkins
     */
    static boolean isDue(AwsSecretsConfiguration configuration, Map<String, String> environment, Path home) {
        if (!configuration.getDiscovery().isEnabled()) {
            return false;
        }
        return configuration.getSources().stream()
                        .map(SourceConfiguration::kind)
                        .anyMatch(SourceKind.SECRETS_MANAGER::equals)
                || !configuration.isSaved() && isConfiguredAsCode(environment, home);
    }

    /** Where the plugin looks for files by its documentation. */
    private static boolean isConfiguredAsCode(Map<String, String> environment, Path home) {
        return environment.containsKey("CASC_JENKINS_CONFIG")
                || System.getProperty("casc.jenkins.config") != null
                || Files.exists(home.resolve("jenkins.yaml"));
    }

    private static void run() {
        try {
            ListingWarmUp.run();
        } catch (RuntimeException | LinkageError e) {
            // The first listing does the same, and reports what is wrong.
            LOGGER.log(Level.FINE, "The listing of secrets could not be prepared", e);
        }
    }
}
