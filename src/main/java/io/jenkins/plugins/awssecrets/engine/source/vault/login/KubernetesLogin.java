package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/** {@code POST auth/<mount>/login} with the pod's service account token. */
final class KubernetesLogin implements LoginMethod {
    private final VaultLogin.Kubernetes login;
    private final LoginCall call;
    private final String subject;

    KubernetesLogin(VaultLogin.Kubernetes login, LoginCall call, String subject) {
        this.login = login;
        this.call = call;
        this.subject = subject;
    }

    @Override
    public String name() {
        return "Kubernetes at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        TextOrFile token = TextOrFile.of(login.tokenFile());
        ObjectNode body = VaultJson.object()
                .put("role", login.role())
                .put(
                        "jwt",
                        token.read(subject, "the service account token", Problem.UNAUTHENTICATED)
                                .reveal());
        return call.post(
                name(),
                login.mount() + "/login",
                body,
                "check the role '" + login.role() + "', its bound service account names and namespaces",
                deadline);
    }
}
