package io.jenkins.plugins.awssecrets.config;

import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/** What a place's configuration declares, for the catalog. A credential that is malformed does not hide the others. */
final class DeclaredLevel {
    private static final Logger LOGGER = Logger.getLogger(DeclaredLevel.class.getName());

    private DeclaredLevel() {}

    static LevelDefinition of(
            List<LevelDefinition.Source> sources,
            List<? extends CredentialConfiguration> credentials,
            boolean discovery,
            Duration lifetime) {
        List<CredentialConfiguration> copy = List.copyOf(credentials);
        List<LevelDefinition.Source> known =
                sources.stream().filter(DeclaredLevel::isNamed).toList();
        return new LevelDefinition(known, parser -> declared(copy, parser), discovery, lifetime);
    }

    /** Of a source with such an id no reference could tell, and it would be a path where metadata is kept. */
    private static boolean isNamed(LevelDefinition.Source source) {
        try {
            SourceConfiguration.checkId(source.id());
            return true;
        } catch (SecretException e) {
            LOGGER.warning("A source is ignored: " + e.getMessage());
            return false;
        }
    }

    private static List<LevelDefinition.Declared> declared(
            List<CredentialConfiguration> credentials, DefinitionParser parser) {
        List<LevelDefinition.Declared> declared = new ArrayList<>();
        for (CredentialConfiguration credential : credentials) {
            try {
                declared.add(credential.toDeclared(parser));
            } catch (SecretException e) {
                LOGGER.warning("A declared credential is ignored: " + e.getMessage());
            }
        }
        return declared;
    }
}
