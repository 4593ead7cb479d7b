package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/**
 * {@code POST auth/<mount>/login/<username>} with a password that Vault checks itself or asks an LDAP server about.
 *
 * @param name how errors call the method
 * @param path below {@code auth/}
 * @param fix what to do where Vault refuses it
 */
record PasswordLogin(String name, String path, SecretValue password, String fix, LoginCall call)
        implements LoginMethod {
    static PasswordLogin of(VaultLogin.UserPass user, LoginCall call) {
        return new PasswordLogin(
                "username and password at auth/" + user.mount(),
                user.mount() + "/login/" + user.username(),
                user.password(),
                "check username and password",
                call);
    }

    static PasswordLogin of(VaultLogin.Ldap user, LoginCall call) {
        return new PasswordLogin(
                "LDAP at auth/" + user.mount(),
                user.mount() + "/login/" + user.username(),
                user.password(),
                "check username, password, and the mount's LDAP settings",
                call);
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        return call.post(name, path, VaultJson.object().put("password", password.reveal()), fix, deadline);
    }
}
