package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.util.Optional;

/**
 * {@code POST auth/<mount>/login} with role id and secret id. A wrapped secret id is unwrapped at the first login and
 * kept in memory for those that follow, as its wrapping token works once.
 */
final class AppRoleLogin implements LoginMethod {
    private final VaultLogin.AppRole login;
    private final LoginCall call;
    private final SecretIdUnwrapping unwrapping;
    private final String subject;
    private Optional<SecretValue> unwrapped = Optional.empty();

    AppRoleLogin(VaultLogin.AppRole login, LoginCall call, SecretIdUnwrapping unwrapping, String subject) {
        this.login = login;
        this.call = call;
        this.unwrapping = unwrapping;
        this.subject = subject;
    }

    @Override
    public String name() {
        return "AppRole at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        ObjectNode body = VaultJson.object().put("role_id", login.roleId());
        secretId(deadline).ifPresent(id -> body.put("secret_id", id.reveal()));
        return call.post(
                name(),
                login.mount() + "/login",
                body,
                "check role ID and secret ID, or create a new secret ID",
                deadline);
    }

    private Optional<SecretValue> secretId(Deadline deadline) {
        if (!login.wrapped()) {
            return login.secretId().map(id -> id.read(subject, "the secret ID", Problem.UNAUTHENTICATED));
        }
        if (unwrapped.isEmpty()) {
            unwrapped = login.secretId()
                    .map(id -> id.read(subject, "the wrapping token of the secret ID", Problem.UNAUTHENTICATED))
                    .map(wrapping -> unwrapping.unwrap(wrapping, login.mount(), deadline));
        }
        return unwrapped;
    }
}
