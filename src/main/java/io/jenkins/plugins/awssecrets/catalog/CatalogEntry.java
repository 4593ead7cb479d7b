package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.time.Instant;
import java.util.Optional;

/**
 * A credential that is known in some place, without its values.
 *
 * @param owner Jenkins, or the folder whose property declares the credential or the source it was found in
 * @param system whether its scope is SYSTEM
 * @param metadata what the source tells of the secret; empty for a declared credential
 * @param asOf when the source told it; empty for a declared credential
 * @param problem why the source could not tell it anew since; empty for a declared credential
 */
public record CatalogEntry(
        CredentialDefinition definition,
        ItemGroup<?> owner,
        boolean system,
        Optional<SecretMetadata> metadata,
        Optional<Instant> asOf,
        Optional<SecretException> problem) {
    public boolean discovered() {
        return metadata.isPresent();
    }
}
