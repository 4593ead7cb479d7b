package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Sources that leave logging in to a real agent: by its listener without a token, or by its sink file. */
@Tag(Peers.TAG)
@Timeout(120)
@EnabledIfEnvironmentVariable(named = Peers.VAULT, matches = ".+", disabledReason = "Vault does not run; see bin/peers")
@EnabledIfEnvironmentVariable(named = Peers.VAULT_BINARY, matches = ".+", disabledReason = "no agent to start")
class VaultAgentPeerContractTest {
    @TempDir
    private Path folder;

    private RealVault vault;
    private VaultAgent agent;

    @BeforeEach
    void start() {
        vault = new RealVault(Peers.vault(), System.getenv(Peers.VAULT_TOKEN), Optional.empty());
        agent = new VaultAgent(
                System.getenv(Peers.VAULT_BINARY), Peers.vault(), (VaultLogin.AppRole) vault.appRole(), folder);
        vault.root().post(vault.versioned() + "/data/allowed/a", "{\"data\":{\"k\":\"v\"}}");
    }

    @AfterEach
    void stop() {
        agent.close();
        vault.close();
    }

    @Test
    void theListenerAddsItsTokenToRequestsWithoutOne() {
        assertReadsWithTheAgentsToken(agent.address());
    }

    @Test
    void theUnixSocketAddsItsTokenToRequestsWithoutOne() {
        assertReadsWithTheAgentsToken(agent.socketAddress());
    }

    private void assertReadsWithTheAgentsToken(URI address) {
        Reading reading = reading(VaultSettings.of(address, new VaultLogin.Agent()));

        assertThat(reading.text(vault.versioned() + "/allowed/a")).isEqualTo("{\"k\":\"v\"}");
        SecretException why = reading.failure(reading.locator(vault.versioned() + "/forbidden/a"));
        assertThat(why.problem()).isEqualTo(Problem.DENIED);
        reading.source().close();
    }

    @Test
    void closingASourceLeavesTheAgentsTokenAlone() {
        for (int i = 0; i < 2; i++) {
            Reading reading = reading(VaultSettings.of(agent.address(), new VaultLogin.Agent()));
            assertThat(reading.text(vault.versioned() + "/allowed/a")).isEqualTo("{\"k\":\"v\"}");
            reading.source().close();
        }
    }

    @Test
    void theSinkFileIsReadAgainWhenItsTokenEnded() throws Exception {
        Reading reading = reading(VaultSettings.of(Peers.vault(), new VaultLogin.TokenFile(agent.sink())));
        assertThat(reading.text(vault.versioned() + "/allowed/a")).isEqualTo("{\"k\":\"v\"}");

        String old = Files.readString(agent.sink());
        agent.close();
        // As an agent does that logs in again: another token, and the one before is gone.
        Files.writeString(agent.sink(), vault.token());
        vault.root().post("auth/token/revoke", "{\"token\":\"" + old + "\"}");

        assertThat(reading.text(vault.versioned() + "/allowed/a")).isEqualTo("{\"k\":\"v\"}");
        reading.source().close();
    }

    private static Reading reading(VaultSettings settings) {
        return new Reading(new VaultSource("vault", settings, SourceFilter.NONE));
    }
}
