package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Credentials that an engine makes for each reader, and their leases; what else a Vault source does has tests of its own. */
@Timeout(120)
abstract class VaultLeaseContract {
    private final List<VaultSource> opened = new ArrayList<>();

    private VaultPeer peer;
    private Reading reading;

    abstract VaultPeer start();

    @BeforeEach
    void connect() {
        peer = start();
        reading = source(peer.appRole());
    }

    @AfterEach
    void disconnect() {
        opened.forEach(VaultSource::close);
        peer.close();
    }

    private Reading source(VaultLogin login) {
        VaultSource source = new VaultSource("vault", VaultSettings.of(peer.address(), login), SourceFilter.NONE);
        opened.add(source);
        return new Reading(source);
    }

    @Test
    void whoAsksAtTheSameTimeGetsCredentialsAndALeaseOfItsOwn() {
        assumeTrue(peer.leased().isPresent(), "this peer has no engine with leases");
        Reading shared = new Reading(GuardedSource.around(reading.source()));
        Locator path = reading.locator(peer.leased().orElseThrow());

        List<CompletableFuture<SecretPayload>> builds = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> shared.payload(path), build -> new Thread(build, "build").start()))
                .toList();

        assertThat(builds.stream()
                        .map(CompletableFuture::join)
                        .map(payload -> payload.lease().orElseThrow().id()))
                .doesNotHaveDuplicates();
        assertThat(leases()).hasSize(6);
    }

    @Test
    void leasesAreRenewedAndRevoked() {
        assumeTrue(peer.leased().isPresent(), "this peer has no engine with leases");
        Locator path = reading.locator(peer.leased().orElseThrow());
        LeasedSource source = (LeasedSource) reading.source();
        SecretPayload first = reading.payload(path);
        SecretPayload second = reading.payload(path);
        SecretPayload.Lease lease = first.lease().orElseThrow();

        assertThat(first.value()).isNotEqualTo(second.value());
        assertThat(lease.seconds()).isBetween(3590L, 3600L);
        assertThat(lease.renewable()).isTrue();
        assertThat(leases()).hasSize(2);
        assertThat(source.renew(lease, Reading.soon()).seconds()).isBetween(3590L, 3600L);

        source.revoke(lease, Reading.soon());
        source.revoke(lease, Reading.soon());

        assertThat(leases()).hasSize(1);
    }

    @Test
    void closingASourceEndsItsLeases() {
        assumeTrue(peer.leased().isPresent(), "this peer has no engine with leases");
        Reading own = source(peer.appRole());
        own.payload(own.locator(peer.leased().orElseThrow()));
        assertThat(leases()).hasSize(1);

        own.source().close();

        awaitNoLeases();
    }

    /** Vault revokes the leases of a revoked token in the background. */
    private void awaitNoLeases() {
        for (int i = 0; i < 1000 && !leases().isEmpty(); i++) {
            Thread.onSpinWait();
        }
        assertThat(leases()).isEmpty();
    }

    private List<String> leases() {
        List<String> keys = new ArrayList<>();
        peer.root()
                .list("sys/leases/lookup/" + peer.leased().orElseThrow())
                .data()
                .path("keys")
                .forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
