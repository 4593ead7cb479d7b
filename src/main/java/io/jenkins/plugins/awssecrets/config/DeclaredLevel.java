package io.jenkins.plugins.awssecrets.config;

import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
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
        return new LevelDefinition(sources, parser -> declared(copy, parser), discovery, lifetime);
    }

    private static List<LevelDefinition.Declared> declared(
            List<CredentialConfiguration> credentials, DefinitionParser parser) {
        List<LevelDefinition.Declared> declared = new ArrayList<>();
        for (CredentialConfiguration credential : credentials) {
            try {
                declared.add(credential.toDeclared(parser));
            } catch (SecretException e) {
                LOGGER.warning("A declared credential is left out: " + e.getMessage());
            }
        }
        return declared;
    }
}
