package io.jenkins.plugins.awssecrets.config;

import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import java.util.stream.Stream;

/**
 * The sources that exist without configuration. Secrets Manager alone is listed, as users of the existing provider
 * expect; who did not configure Parameter Store would only see denied calls.
 */
final class DefaultSources {
    private DefaultSources() {}

    static Stream<LevelDefinition.Source> all() {
        return Stream.of(
                new SsmConfiguration(null).toSource(false), new SecretsManagerConfiguration(null).toSource(true));
    }
}
