package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.model.AbstractDescribableImpl;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.Symbols;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;

/** How to log in to Vault. */
public abstract class VaultAuth extends AbstractDescribableImpl<VaultAuth> {
    /**
     * Checks all that can be checked without a look-up.
     *
     * @throws SecretException whose subject is the key of the first setting that is wrong
     */
    public abstract void check();

    /** @throws SecretException when a credential that Jenkins keeps is not there */
    public abstract VaultLogin login(StoredCredentials stored);

    /** The credential that Jenkins keeps and this logs in with; {@code null} without one. */
    public String getCredentialsId() {
        return null;
    }

    /** The word for it in YAML, below {@code auth}. */
    public final String symbol() {
        return Symbols.of(getDescriptor());
    }

    /** Checks that a secret is given in no more than one of its ways, and in one of them where it is needed. */
    static void oneOf(String key, String credentialsId, Secret text, String file, boolean needed) {
        if (credentialsId != null && (text != null || file != null)) {
            throw Malformed.at("credentialsId", "the secret itself is set as well", "keep one of the two");
        }
        if (needed && credentialsId == null && text == null && file == null) {
            throw Malformed.at(key, "it is missing", "add it, " + key + "File or credentialsId");
        }
    }
}
