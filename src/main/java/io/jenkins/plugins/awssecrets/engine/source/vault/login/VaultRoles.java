package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import java.util.regex.Pattern;

/** Names of roles that may name the build that asks. */
public final class VaultRoles {
    static final Pattern ROLE = Pattern.compile("\\w([\\w.-]*\\w)?");

    /** Vault writes roles of its JWT method in lower case, and takes no slash. */
    private static final Pattern NAME_IN_ROLE = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");

    private VaultRoles() {}

    /**
     * A role as it is configured.
     *
     * @throws SecretException ({@link io.jenkins.plugins.awssecrets.engine.Problem#MALFORMED}) whose subject is {@code
     *     role}
     */
    public static BuildText jwt(String text) {
        return BuildText.checked("role", text, ROLE);
    }

    static String of(BuildText role, BuildIdentity build, String what) {
        return role.of(build, what, NAME_IN_ROLE, ROLE);
    }
}
