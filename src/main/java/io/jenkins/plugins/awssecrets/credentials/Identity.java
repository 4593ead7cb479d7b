package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;

/**
 * What a credential shows of itself without any value.
 *
 * @param owner full name of the folder that declares it; empty for Jenkins itself
 */
record Identity(CredentialsScope scope, String id, String description, String owner) {
    static Identity of(CatalogEntry entry) {
        return new Identity(
                entry.system() ? CredentialsScope.SYSTEM : CredentialsScope.GLOBAL,
                entry.definition().id(),
                entry.definition().description(),
                entry.owner().getFullName());
    }
}
