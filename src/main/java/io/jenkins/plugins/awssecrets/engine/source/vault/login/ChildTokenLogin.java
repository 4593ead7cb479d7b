package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code POST auth/token/create[/<role>]} with the source's own token: a token for one build, with its policies. */
final class ChildTokenLogin implements LoginMethod {
    private final AuthorizedCalls owner;
    private final LoginCall call;
    private final BuildIdentity build;
    private final List<String> policies;
    private final Optional<Duration> ttl;
    private final Optional<String> role;
    private final String subject;

    /**
     * @param owner calls with the source's own token
     * @throws SecretException where the build's folder or job does not fit policy or role
     */
    ChildTokenLogin(ChildTokens tokens, AuthorizedCalls owner, LoginCall call, BuildIdentity build, String subject) {
        this.owner = owner;
        this.call = call;
        this.build = build;
        this.policies = tokens.policiesOf(build);
        this.ttl = tokens.ttl();
        this.role = tokens.roleOf(build);
        this.subject = subject;
    }

    @Override
    public String name() {
        return ChildTokens.identity(policies);
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        ObjectNode body = VaultJson.object();
        policies.forEach(body.putArray("policies")::add);
        ttl.ifPresent(time -> body.put("ttl", time.toSeconds() + "s"));
        // For Vault's audit log. Vault puts a hyphen for what it does not take in a display name.
        body.put("display_name", "jenkins-" + build);
        ObjectNode meta = body.putObject("meta")
                .put("jenkins-job", build.job())
                .put("jenkins-build", build.toString())
                .put("jenkins-controller", build.controller());
        build.branch().ifPresent(branch -> meta.put("jenkins-branch", branch));
        String path = "auth/token/create" + role.map(name -> "/" + name).orElse("");
        Reply reply = owner.send(VaultRequest.post(path, body).once(), deadline);
        if (!reply.answer().ok()) {
            throw refused(path, reply.answer());
        }
        return call.made(reply.answer());
    }

    private SecretException refused(String path, VaultAnswer answer) {
        String names = String.join(", ", policies);
        if (answer.status() == 403) {
            return new SecretException(
                            Problem.DENIED,
                            subject,
                            "the source's own token may not make tokens for builds (403)",
                            "grant it update on " + path)
                    .lacking(new Permission("update", path));
        }
        if (answer.says("child policies must be subset")) {
            return new SecretException(
                    Problem.DENIED,
                    subject,
                    "the source's own token does not have the policies that a build of " + build.job() + " is to get: "
                            + names,
                    "set perBuild.tokenRole to a token role whose allowed_policies_glob has them");
        }
        if (answer.says("must be subset of the role's allowed policies")) {
            return new SecretException(
                    Problem.DENIED,
                    subject,
                    "the token role " + role.orElse("") + " does not allow the policies that a build of " + build.job()
                            + " is to get: " + names,
                    "add them to allowed_policies_glob of auth/token/roles/" + role.orElse(""));
        }
        if (answer.says("unknown role") || answer.status() == 404) {
            return new SecretException(
                    Problem.MALFORMED,
                    subject,
                    "token role not found: " + role.orElse(""),
                    "create it at auth/token/roles/" + role.orElse(""));
        }
        return new SecretException(
                Problem.DENIED,
                subject,
                "Vault makes no token with the policies " + names + " (" + answer.status() + ")",
                "compare policies and ttl with what " + path + " allows");
    }
}
