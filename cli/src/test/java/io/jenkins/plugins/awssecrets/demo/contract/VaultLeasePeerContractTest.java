package io.jenkins.plugins.awssecrets.demo.contract;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@Tag(Peers.TAG)
@EnabledIfEnvironmentVariable(named = Peers.VAULT, matches = ".+", disabledReason = "no Vault runs; see bin/peers")
class VaultLeasePeerContractTest extends VaultLeaseContract {
    @Override
    VaultPeer start() {
        return new RealVault(
                Peers.vault(),
                System.getenv(Peers.VAULT_TOKEN),
                Optional.ofNullable(System.getenv(Peers.MOTO)).map(URI::create));
    }
}
