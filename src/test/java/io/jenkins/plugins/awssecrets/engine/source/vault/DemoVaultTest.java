package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.fetch;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo backend keeps the contract; and what can be counted and timed only there. */
class DemoVaultTest extends VaultContract {
    private static final Seed SEED = Seed.parse("""
        vault:
          rootToken: root
          policies:
            ci:
              - { path: secret/data/ci/*, capabilities: [read] }
              - { path: secret/metadata/ci/, capabilities: [list] }
              - { path: secret/metadata/ci/*, capabilities: [read, list] }
              - { path: kv1/ci/*, capabilities: [read] }
              - { path: database/creds/*, capabilities: [read] }
              - { path: sys/leases/revoke, capabilities: [update] }
            careless:
              - { path: database/creds/*, capabilities: [read] }
          mounts:
            - { path: secret, type: kv, version: 2 }
            - { path: shared/kv, type: kv, version: 2, secrets: [{ path: ci/db, data: { k: nested } }] }
            - { path: kv1, type: kv, version: 1 }
            - path: database
              type: database
              roles:
                readonly: { ttl: 1h, maxTtl: 90m, fields: { username: "v-{{random}}", password: "{{random}}" } }
                long: { ttl: 24h, fields: { password: "{{random}}" } }
                once: { ttl: 5m, renewable: false, fields: { password: "{{random}}" } }
          auth:
            - type: approle
              accept:
                - { with: { role_id: role-1, secret_id: secret-1 }, policies: [ci], ttl: 2h }
                - { with: { role_id: role-2, secret_id: secret-2 }, policies: [careless], ttl: 2h }
            - { type: userpass, accept: [{ with: { username: jane, password: made-up }, policies: [ci] }] }
          wrapped:
            - token: wrapping-token
              path: auth/approle/role/ci/secret-id
              data: { secret_id: secret-1 }
          namespaces:
            team:
              policies: { ci: [{ path: secret/data/*, capabilities: [read] }] }
              mounts: [{ path: secret, type: kv, version: 2, secrets: [{ path: ci/db, data: { k: team's } }] }]
              auth:
                - type: approle
                  accept: [{ with: { role_id: role-1, secret_id: secret-1 }, policies: [ci] }]
        """);

    private final MovableClock clock = new MovableClock();
    private final DemoBackends backends = DemoBackends.start(SEED, clock);

    @AfterEach
    void stop() {
        backends.close();
    }

    @Override
    URI url() {
        return adminUrl();
    }

    @Override
    URI adminUrl() {
        return backends.vault();
    }

    @Override
    String rootToken() {
        return "root";
    }

    @Override
    String roleId() {
        return "role-1";
    }

    @Override
    String secretId() {
        return "secret-1";
    }

    @Override
    String password() {
        return "made-up";
    }

    @Override
    Lease someLease() {
        return lease(database("readonly"));
    }

    @Override
    void revokeAllOf(String authMount) {
        // Their time is two hours: by the source's own clock, which stands still, they are young.
        clock.forward(Duration.ofHours(3));
    }

    @Test
    void fiveFieldsOfOnePathAreOneRead() {
        new VaultApi(adminUrl(), "root")
                .write("secret/data/ci/db", "{\"data\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}}");
        backends.requests().clear();

        try (VaultSource source = source(url(), appRole(), clock)) {
            Set<Locator> locators = Stream.of("a", "b", "c", "d", "e")
                    .map(key -> Reference.parse("vault:secret/ci/db#" + key).locator())
                    .collect(Collectors.toSet());
            source.fetch(locators, soon());
        }

        assertThat(operations()).containsExactly("login", "mounts", "read", "revoke-self");
    }

    @Test
    void twentyPathsOfTwoMountsAreTwentyReadsTwoMountsAndOneLogin() {
        VaultApi admin = new VaultApi(adminUrl(), "root");
        for (int i = 0; i < 10; i++) {
            admin.write("secret/data/ci/s" + i, "{\"data\":{\"k\":1}}");
            admin.write("kv1/ci/s" + i, "{\"k\":1}");
        }
        backends.requests().clear();

        try (VaultSource source = source(url(), appRole(), clock)) {
            Locator[] locators = IntStream.range(0, 20)
                    .mapToObj(i -> locator((i < 10 ? "secret/ci/s" : "kv1/ci/s") + i % 10))
                    .toArray(Locator[]::new);
            assertThat(fetch(source, locators).values())
                    .allMatch(outcome -> outcome instanceof io.jenkins.plugins.awssecrets.engine.source.Outcome.Found);
            fetch(source, locators);
        }

        assertThat(backends.requests().count(Service.VAULT, "read")).isEqualTo(40);
        assertThat(backends.requests().count(Service.VAULT, "mounts")).isEqualTo(2);
        assertThat(backends.requests().count(Service.VAULT, "login")).isEqualTo(1);
    }

    @Test
    void aMountMayHaveSlashesInItsPath() {
        try (VaultSource source = source(url(), new VaultLogin.Token(SecretValue.of("root")), clock)) {
            assertThat(found(source, locator("shared/kv/ci/db")).value().reveal())
                    .isEqualTo("{\"k\":\"nested\"}");
            assertThat(failure(source, locator("shared/kv")).reason()).isEqualTo("this is a mount, not a secret");
        }
    }

    @Test
    void aNamespaceHasItsOwnLoginsAndSecrets() {
        VaultSettings settings = VaultSettings.of(url(), appRole()).withNamespace("team");
        try (VaultSource source = source(settings, SourceFilter.NONE, clock)) {
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"team's\"}");
        }
    }

    @Test
    void aWrappedSecretIdLogsInAgainAndAgain() {
        VaultLogin login = new VaultLogin.AppRole(
                "approle", "role-1", Optional.of(TextOrFile.of(SecretValue.of("wrapping-token"))), true);
        try (VaultSource source = source(url(), login, clock)) {
            found(source, locator("database/creds/readonly"));
            clock.forward(Duration.ofHours(3));
            found(source, locator("database/creds/readonly"));
        }
        assertThat(backends.requests().count(Service.VAULT, "login")).isEqualTo(2);
        assertThat(backends.requests().count(Service.VAULT, "unwrap")).isEqualTo(1);
    }

    @Test
    void aDynamicSecretIsNewAtEachReadAndComesWithItsLease() {
        try (VaultSource source = source(url(), appRole(), clock)) {
            SecretPayload one = found(source, locator("database/creds/readonly"));
            SecretPayload two = found(source, locator("database/creds/readonly"));
            assertThat(one.value()).isNotEqualTo(two.value());
            assertThat(lease(one).seconds()).isEqualTo(3600);
            assertThat(lease(one).renewable()).isTrue();
            assertThat(lease(one).id()).startsWith("database/creds/readonly/");
            assertThat(one.version()).isEmpty();
        }
    }

    @Test
    void aLeaseIsNoLongerThanTheTokenItHangsOn() {
        try (VaultSource source = source(url(), appRole(), clock)) {
            assertThat(lease(found(source, locator("database/creds/long"))).seconds())
                    .isEqualTo(7200);
        }
    }

    @Test
    void aLeaseIsRenewedUpToItsMaximumAndThenToldToBeShort() {
        try (VaultSource source = source(url(), appRole(), clock)) {
            Lease lease = lease(found(source, locator("database/creds/readonly")));
            clock.forward(Duration.ofMinutes(20));
            assertThat(source.renew(lease, soon()).seconds()).isEqualTo(3600);
            clock.forward(Duration.ofMinutes(50));
            assertThat(source.renew(lease, soon()).seconds()).isEqualTo(1200);
        }
    }

    @Test
    void aLeaseThatCannotBeRenewedIsTold() {
        try (VaultSource source = source(url(), appRole(), clock)) {
            Lease lease = lease(found(source, locator("database/creds/once")));
            SecretException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    SecretException.class, () -> source.renew(lease, soon()));
            assertThat(failure.problem()).isEqualTo(Problem.NOT_FOUND);
            assertThat(failure.getMessage()).contains("cannot be renewed").doesNotContain(lease.id());
        }
    }

    @Test
    void revokingWithoutThePolicyNamesIt() {
        VaultLogin careless = new VaultLogin.AppRole(
                "approle", "role-2", Optional.of(TextOrFile.of(SecretValue.of("secret-2"))), false);
        try (VaultSource source = source(url(), careless, clock)) {
            Lease lease = lease(found(source, locator("database/creds/readonly")));
            SecretException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    SecretException.class, () -> source.revoke(lease, soon()));
            assertThat(failure.problem()).isEqualTo(Problem.DENIED);
            assertThat(failure.fix()).isEqualTo("grant the token's policies update on sys/leases/revoke");
        }
    }

    @Test
    void closingEndsTheLeasesOfItsOwnLogin() {
        Lease lease = lease(database("readonly"));
        assertThat(new VaultApi(adminUrl(), "root")
                        .status("POST", "sys/leases/lookup", "{\"lease_id\":\"" + lease.id() + "\"}"))
                .isEqualTo(400);
    }

    @Test
    void aMissingRoleIsNotFound() {
        try (VaultSource source = source(url(), appRole(), clock)) {
            SecretException failure = failure(source, locator("database/creds/nobody"));
            assertThat(failure.problem()).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void listingWithoutAPrefixMakesNoCall() {
        backends.requests().clear();
        try (VaultSource source = source(url(), appRole(), clock)) {
            assertThat(source.list(soon())).isEmpty();
        }
        assertThat(backends.requests().all()).isEmpty();
    }

    private SecretPayload database(String role) {
        try (VaultSource source = source(url(), appRole(), clock)) {
            return found(source, locator("database/creds/" + role));
        }
    }

    private static Lease lease(SecretPayload payload) {
        return payload.lease().orElseThrow();
    }

    private List<String> operations() {
        return backends.requests().to(Service.VAULT).stream()
                .map(RecordedRequest::operation)
                .toList();
    }
}
