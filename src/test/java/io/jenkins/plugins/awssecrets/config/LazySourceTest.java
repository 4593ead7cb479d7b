package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LazySourceTest {
    private static final Locator TOKEN = new Locator("vault", "secret/ci", Optional.empty());
    private static final Seed SEED = Seed.parse("""
            vault:
              policies: {ci: [{path: "secret/*", capabilities: [read]}]}
              auth: [{type: approle, accept: [{with: {role_id: r, secret_id: s}, policies: [ci]}]}]
              mounts: [{path: secret, secrets: [{path: ci, data: {token: canary-3e}}]}]
            """);

    @Test
    void closingLetsAReadUnderWayEndAndThenRevokesItsToken() throws Exception {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            LazySource source = source(backends);
            backends.faults().next(1, Service.VAULT, "read", Fault.latency(Duration.ofSeconds(2)));
            CompletableFuture<Map<Locator, Outcome>> reading =
                    CompletableFuture.supplyAsync(() -> source.fetch(List.of(TOKEN), deadline()));
            while (backends.requests().count(Service.VAULT, "read") == 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }

            source.close();

            assertThat(backends.requests().count(Service.VAULT, "revoke-self")).isZero();
            assertThat(reading.get(20, TimeUnit.SECONDS).get(TOKEN)).isInstanceOf(Outcome.Found.class);
            assertThat(backends.requests().count(Service.VAULT, "revoke-self")).isEqualTo(1);
            assertThatThrownBy(() -> source.fetch(List.of(TOKEN), deadline()))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("its configuration was changed meanwhile");
        }
    }

    private static LazySource source(DemoBackends backends) {
        VaultLogin login =
                new VaultLogin.AppRole("approle", "r", Optional.of(TextOrFile.of(SecretValue.of("s"))), false);
        return new LazySource(
                "vault",
                SourceKind.VAULT,
                () -> new VaultSource("vault", VaultSettings.of(backends.vault(), login), SourceFilter.NONE));
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
