package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.time.Clock;
import java.util.Optional;

/** No login: a Vault Agent or Proxy with auto-auth adds its own token to requests that have none. */
final class AgentLogin implements LoginMethod {
    private final Clock clock;

    AgentLogin(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "the agent's token";
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        return VaultToken.given(Optional.empty(), clock.instant());
    }
}
