package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.time.Clock;
import java.util.Optional;

/** How builds come by Vault tokens of their own. */
public final class BuildLogins {
    private BuildLogins() {}

    /**
     * The login of a build; empty where builds read as the controller does. Makes no call.
     *
     * @param login of the source itself
     * @param owner calls with the source's own token
     * @throws SecretException ({@link Problem#REFUSED}) where the build's folder or job does not fit
     */
    public static Optional<LoginMethod> of(
            VaultLogin login,
            Optional<ChildTokens> childTokens,
            AuthorizedCalls owner,
            VaultClient client,
            Clock clock,
            BuildIdentity build) {
        LoginCall call = new LoginCall(client, clock);
        String subject = client.subject();
        if (login instanceof VaultLogin.BuildJwt jwt) {
            Optional<String> role =
                    jwt.role().map(text -> VaultRoles.of(text, build, "the role " + text.text() + " of " + subject));
            return Optional.of(new BuildJwtLogin(jwt, role, build, call, subject));
        }
        return childTokens.map(tokens -> new ChildTokenLogin(tokens, owner, call, build, subject));
    }

    /**
     * Who Vault takes a build for that authenticates with its ID token.
     *
     * @param role empty for the default one of the mount
     * @throws SecretException ({@link Problem#REFUSED}) where the build's folder or job does not fit
     */
    public static String identity(String mount, Optional<BuildText> role, BuildIdentity build) {
        return identity(mount, role.map(text -> VaultRoles.of(text, build, "the role " + text.text())));
    }

    private static String identity(String mount, Optional<String> role) {
        return role.map(name -> "role " + name + " at auth/" + mount).orElse("the default role at auth/" + mount);
    }

    /** What a read that is made for no build is answered. */
    public static SecretException outside(String subject) {
        return new SecretException(
                Problem.REFUSED,
                subject,
                "it serves builds alone (perBuild), and this read is made for no build",
                "read it in a build, or from a source without perBuild");
    }

    /** With a new ID token at each login: one lives for an hour or less. */
    private static final class BuildJwtLogin implements LoginMethod {
        private final VaultLogin.BuildJwt login;
        private final Optional<String> role;
        private final BuildIdentity build;
        private final LoginCall call;
        private final String subject;

        BuildJwtLogin(
                VaultLogin.BuildJwt login, Optional<String> role, BuildIdentity build, LoginCall call, String subject) {
            this.login = login;
            this.role = role;
            this.build = build;
            this.call = call;
            this.subject = subject;
        }

        @Override
        public String name() {
            return identity(login.mount(), role);
        }

        @Override
        public VaultToken logIn(Deadline deadline) {
            SecretValue token = build.idTokens().token(login.place(), login.credentialsId());
            return new JwtLogin(new VaultLogin.Jwt(login.mount(), role, TextOrFile.of(token)), call, subject)
                    .logIn(deadline);
        }
    }
}
