package io.jenkins.plugins.awssecrets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetiringSourceTest {
    private static final Locator TOKEN = new Locator("vault", "secret/ci", Optional.empty());
    private static final Locator LEASED = new Locator("vault", "database/creds/ci", Optional.empty());
    private static final Seed SEED = Seed.parse("""
        vault:
          policies: {ci: [{path: "*", capabilities: [read, update]}]}
          auth: [{type: approle, accept: [{with: {role_id: r, secret_id: s}, policies: [ci]}]}]
          mounts:
            - {path: secret, secrets: [{path: ci, data: {token: canary-3e}}]}
            - {path: database, type: database, roles: {ci: {ttl: 1h, fields: {password: "canary-{{random}}"}}}}
        """);

    private final DemoBackends backends = DemoBackends.start(SEED);

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void readUnderWayEndsBeforeItsTokenIsRevoked() throws Exception {
        RetiringSource source = source(Clock.systemUTC());
        backends.faults().next(1, Service.VAULT, "read", Fault.latency(Duration.ofSeconds(2)));
        CompletableFuture<Map<Locator, Outcome>> reading =
                CompletableFuture.supplyAsync(() -> source.fetch(List.of(TOKEN), deadline()));
        while (backends.requests().count(Service.VAULT, "read") == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }

        source.close();

        assertThat(revokedTokens()).isZero();
        assertThat(source.isClosed()).isFalse();
        assertThat(reading.get(20, TimeUnit.SECONDS).get(TOKEN)).isInstanceOf(Outcome.Found.class);
        assertThat(revokedTokens()).isEqualTo(1);
        assertThat(source.isClosed()).isTrue();
        assertThatThrownBy(() -> source.fetch(List.of(TOKEN), deadline()))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("its configuration changed in the meantime");
    }

    @Test
    void leaseIsRenewedAndRevokedAfterTheSourceWasToClose() {
        RetiringSource source = source(Clock.systemUTC());
        Lease lease = lease(source);

        source.close();

        assertThat(revokedTokens()).isZero();
        assertThat(source.gave(lease)).isTrue();
        assertThat(source.renew(lease, deadline()).id()).isEqualTo(lease.id());
        assertThatThrownBy(() -> source.fetch(List.of(TOKEN), deadline()))
                .hasMessageContaining("changed in the meantime");
        assertThatThrownBy(() -> source.renew(new Lease("another", 60, true), deadline()))
                .hasMessageContaining("changed in the meantime");
        source.revoke(lease, deadline());
        assertThat(backends.requests().count(Service.VAULT, "lease-revoke")).isEqualTo(1);
        assertThat(revokedTokens()).isEqualTo(1);
        assertThat(source.gave(lease)).isFalse();
    }

    @Test
    void leaseThatEndsByItselfIsNotWaitedForAnyLonger() {
        MovableClock clock = new MovableClock();
        RetiringSource source = source(clock);
        lease(source);
        source.close();

        clock.forward(Duration.ofMinutes(59));
        assertThat(source.isClosed()).isFalse();

        clock.forward(Duration.ofMinutes(2));
        assertThat(source.isClosed()).isTrue();
        assertThat(revokedTokens()).isEqualTo(1);
    }

    @Test
    void sourceInServiceStaysOpenWhateverItGave() {
        RetiringSource source = source(Clock.systemUTC());
        source.revoke(lease(source), deadline());

        assertThat(source.isClosed()).isFalse();
        assertThat(source.fetch(List.of(TOKEN), deadline()).get(TOKEN)).isInstanceOf(Outcome.Found.class);
    }

    private static Lease lease(RetiringSource source) {
        Outcome outcome = source.fetch(List.of(LEASED), deadline()).get(LEASED);
        return ((Outcome.Found) outcome).payload().lease().orElseThrow();
    }

    private int revokedTokens() {
        return backends.requests().count(Service.VAULT, "revoke-self");
    }

    private RetiringSource source(Clock clock) {
        VaultLogin login =
                new VaultLogin.AppRole("approle", "r", Optional.of(TextOrFile.of(SecretValue.of("s"))), false);
        return new RetiringSource(
                GuardedSource.around(
                        new VaultSource("vault", VaultSettings.of(backends.vault(), login), SourceFilter.NONE)),
                clock);
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
