package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/** {@code POST auth/<mount>/login/<username>} with the password, which Vault asks an LDAP server about. */
final class LdapLogin implements LoginMethod {
    private final VaultLogin.Ldap login;
    private final LoginCall call;

    LdapLogin(VaultLogin.Ldap login, LoginCall call) {
        this.login = login;
        this.call = call;
    }

    @Override
    public String name() {
        return "LDAP at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        return call.post(
                name(),
                login.mount() + "/login/" + login.username(),
                VaultJson.object().put("password", login.password().reveal()),
                "check username, password, and the mount's LDAP settings",
                deadline);
    }
}
