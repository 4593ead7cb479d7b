package io.jenkins.plugins.awssecrets.builds;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import jenkins.model.Jenkins;

/** Credentials of the plugin oidc-provider, which makes an ID token for each build. */
final class IdTokens {
    private IdTokens() {}

    /** Adds one to the credentials of Jenkins. */
    static void declare(CredentialsScope scope, String id, String audience) throws Exception {
        IdTokenStringCredentials idToken = new IdTokenStringCredentials(scope, id, "");
        idToken.setAudience(audience);
        CredentialsProvider.lookupStores(Jenkins.get()).iterator().next().addCredentials(Domain.global(), idToken);
    }
}
