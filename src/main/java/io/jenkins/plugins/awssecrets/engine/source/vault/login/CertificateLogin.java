package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/** {@code POST auth/<mount>/login} over a TLS connection that showed the client certificate. */
final class CertificateLogin implements LoginMethod {
    private final VaultLogin.Certificate login;
    private final LoginCall call;

    CertificateLogin(VaultLogin.Certificate login, LoginCall call) {
        this.login = login;
        this.call = call;
    }

    @Override
    public String name() {
        return "TLS certificate at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        ObjectNode body = VaultJson.object();
        login.name().ifPresent(name -> body.put("name", name));
        return call.post(
                name(),
                login.mount() + "/login",
                body,
                "check the client certificate and the role. A proxy that terminates TLS hides the certificate",
                deadline);
    }
}
