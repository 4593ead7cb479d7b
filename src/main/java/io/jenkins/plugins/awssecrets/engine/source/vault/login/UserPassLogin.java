package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/** {@code POST auth/<mount>/login/<username>} with the password. */
final class UserPassLogin implements LoginMethod {
    private final VaultLogin.UserPass login;
    private final LoginCall call;

    UserPassLogin(VaultLogin.UserPass login, LoginCall call) {
        this.login = login;
        this.call = call;
    }

    @Override
    public String name() {
        return "username and password at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        return call.post(
                name(),
                login.mount() + "/login/" + login.username(),
                VaultJson.object().put("password", login.password().reveal()),
                "check username and password",
                deadline);
    }
}
