package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;

/** What the kinds with a user name and a password have in common. */
public abstract class FetchedLogin extends FetchedCredentials implements StandardUsernamePasswordCredentials {
    private static final long serialVersionUID = 1L;

    FetchedLogin(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    @NonNull
    @Override
    public String getUsername() {
        return text("username");
    }

    @NonNull
    @Override
    public Secret getPassword() {
        return secret("password");
    }

    /** Of a build its source tells; before it is read there, it is one, unless it is literal or declared to be none. */
    @Override
    public boolean isUsernameSecret() {
        return values().isUsernameSecret();
    }
}
