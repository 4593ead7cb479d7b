package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;

/** Of the controller, where each build authenticates by itself. */
final class NoLogin implements LoginMethod {
    private final String subject;

    NoLogin(String subject) {
        this.subject = subject;
    }

    @Override
    public String name() {
        return "no login of the controller";
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        throw BuildLogins.outside(subject);
    }
}
