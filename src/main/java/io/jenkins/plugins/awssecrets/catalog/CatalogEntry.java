package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialTags;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A credential that is known in some place, without its values.
 *
 * @param owner Jenkins, or the folder whose property declares the credential or the source it was found in
 * @param system whether its scope is SYSTEM
 * @param allow who may use it
 * @param metadata what the source tells of the secret; empty for a declared credential
 * @param asOf when the source told it; empty for a declared credential
 * @param problem why the source could not tell it anew since; empty for a declared credential
 */
public record CatalogEntry(
        CredentialDefinition definition,
        ItemGroup<?> owner,
        boolean system,
        AllowList allow,
        Optional<SecretMetadata> metadata,
        Optional<Instant> asOf,
        Optional<SecretException> problem) {
    /** One that nobody declared: a reference that stands where a credentials id does, read in this place. */
    public static CatalogEntry ofReference(String id, Reference reference, ItemGroup<?> place) {
        CredentialDefinition definition = new CredentialDefinition(
                id, Kinds.STRING, "", Map.of("secret", new FieldValue.Referenced(reference)), false);
        return new CatalogEntry(
                definition, place, false, AllowList.NONE, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same secrets for whom another entry of the same id is for. */
    public CatalogEntry ruledAs(CatalogEntry other) {
        return new CatalogEntry(definition, owner, other.system(), other.allow(), metadata, asOf, problem);
    }

    /**
     * Whether it is for a place, which its tags may narrow.
     *
     * @param place full name of a folder; empty for Jenkins itself
     */
    boolean isFor(String place) {
        // Of ten thousand, hardly any is narrowed.
        if (metadata.isEmpty() || !metadata.get().tags().containsKey(CredentialTags.FOLDER)) {
            return true;
        }
        return Discovery.folders(metadata.get()).stream()
                .anyMatch(folder -> place.equals(folder) || place.startsWith(folder + "/"));
    }

    public boolean discovered() {
        return metadata.isPresent();
    }

    /** Whether it is a direct reference: the id of a declared credential has no colon. */
    public boolean isReference() {
        return !discovered() && definition.id().indexOf(':') >= 0;
    }
}
