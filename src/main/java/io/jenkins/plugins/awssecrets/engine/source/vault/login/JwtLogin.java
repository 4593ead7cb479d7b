package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/** {@code POST auth/<mount>/login} with a JWT that some issuer gave this process. */
final class JwtLogin implements LoginMethod {
    private final VaultLogin.Jwt login;
    private final LoginCall call;
    private final String subject;

    JwtLogin(VaultLogin.Jwt login, LoginCall call, String subject) {
        this.login = login;
        this.call = call;
        this.subject = subject;
    }

    @Override
    public String name() {
        return "JWT at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        ObjectNode body = VaultJson.object();
        body.put(
                "jwt",
                login.jwt().read(subject, "the JWT", Problem.UNAUTHENTICATED).reveal());
        login.role().ifPresent(role -> body.put("role", role));
        return call.post(
                name(),
                login.mount() + "/login",
                body,
                "check the role, its bound audiences and claims, and that the JWT is fresh",
                deadline);
    }
}
