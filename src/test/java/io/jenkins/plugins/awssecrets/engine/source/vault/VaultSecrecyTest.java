package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault at each kind of call: how it ends, and that no text of it holds what was planted in tokens, secret ids,
 * values and answers.
 */
@Timeout(120)
class VaultSecrecyTest {
    private static final String CANARY = "CANARY";

    private static final Seed SEED = Seed.parse("""
            vault:
              policies:
                ci:
                  - { path: secret/data/ci/*, capabilities: [read] }
                  - { path: secret/metadata/ci/*, capabilities: [read, list] }
                  - { path: secret/metadata/ci/, capabilities: [list] }
              mounts:
                - { path: secret, version: 2, secrets: [{ path: ci/db, data: { password: CANARY-value } }] }
              auth:
                - type: approle
                  accept: [{ with: { role_id: role-1, secret_id: CANARY-secret-id }, policies: [ci], ttl: 1h }]
            """);

    private static final VaultLogin LOGIN = new VaultLogin.AppRole(
            "approle", "role-1", Optional.of(TextOrFile.of(SecretValue.of("CANARY-secret-id"))), false);

    static Stream<Arguments> faultsAndCalls() {
        Map<Fault, Problem> faults = new java.util.LinkedHashMap<>();
        faults.put(Fault.status(400).saying("CANARY in a body"), Problem.MALFORMED);
        faults.put(Fault.status(403).saying("CANARY in a body"), Problem.DENIED);
        faults.put(Fault.status(429).saying("CANARY in a body"), Problem.THROTTLED);
        faults.put(Fault.status(473).saying("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.status(500).saying("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.status(502).saying("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.status(503).saying("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.malformedJson("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.wrongContentType("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.canned(404, "text/html", "CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.canned(200, "application/json", "{\"CANARY\":\"CANARY\"}"), Problem.UNREACHABLE);
        faults.put(Fault.canned(200, "application/json", "\"CANARY\""), Problem.UNREACHABLE);
        faults.put(Fault.emptyBody(), Problem.UNREACHABLE);
        faults.put(Fault.oversized("CANARY in a body"), Problem.UNREACHABLE);
        faults.put(Fault.cut(), Problem.UNREACHABLE);
        faults.put(Fault.hangUp(), Problem.UNREACHABLE);
        faults.put(Fault.slow(Duration.ofMillis(50)), Problem.TIMEOUT);
        faults.put(Fault.latency(Duration.ofSeconds(5)), Problem.TIMEOUT);
        return faults.entrySet().stream()
                .flatMap(f -> Stream.of("login", "read").map(call -> Arguments.of(call, f.getKey(), f.getValue())));
    }

    @ParameterizedTest(name = "{0} {2} {index}")
    @MethodSource("faultsAndCalls")
    void aFaultEndsInTimeAndTellsNothing(String call, Fault fault, Problem problem) {
        try (DemoBackends backends = DemoBackends.start(SEED);
                VaultSource source = source(backends.vault(), LOGIN)) {
            if (call.equals("read")) {
                fetchFailures(source, Duration.ofSeconds(20));
            }
            backends.faults().inject(Service.VAULT, call, fault);

            long start = System.nanoTime();
            List<SecretException> failures = fetchFailures(source, Duration.ofSeconds(2));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            // Before the source's close meets the fault again.
            backends.faults().clear();

            boolean refusal = problem == Problem.MALFORMED || problem == Problem.DENIED;
            Problem expected = call.equals("login") && refusal ? Problem.UNAUTHENTICATED : problem;
            assertThat(failures).extracting(SecretException::problem).containsOnly(expected);
            assertThat(took).isLessThan(Duration.ofSeconds(8));
            failures.forEach(VaultSecrecyTest::assertTellsNothing);
            assertThat(fetchFailures(source, Duration.ofSeconds(20))).isEmpty();
        }
    }

    @Test
    void listingCheckingAndLeasesTellNothingEither() {
        SourceFilter filter = new SourceFilter(Optional.of("secret/ci"), Map.of(), Optional.empty());
        try (DemoBackends backends = DemoBackends.start(SEED);
                VaultSource source = source(VaultSettings.of(backends.vault(), LOGIN), filter, Clock.systemUTC())) {
            assertThat(fetchFailures(source, Duration.ofSeconds(20))).isEmpty();
            for (Fault fault : List.<Fault>of(
                    Fault.denied().saying("CANARY"),
                    Fault.status(400).saying("CANARY"),
                    Fault.status(500).saying("CANARY"),
                    Fault.malformedJson("CANARY"))) {
                for (String call : List.of("list", "read", "lookup-self", "lease-renew", "lease-revoke", "mounts")) {
                    backends.faults().inject(Service.VAULT, call, fault);
                }
                List<SecretException> failures = new ArrayList<>();
                Deadline deadline = Deadline.in(Duration.ofSeconds(20));
                Lease lease = new Lease("database/creds/ci/CANARY", 60, true);
                collect(failures, () -> source.list(deadline));
                collect(failures, () -> source.renew(lease, deadline));
                collect(failures, () -> source.revoke(lease, deadline));
                source.check(deadline).stream()
                        .map(SourceCheck::problem)
                        .flatMap(Optional::stream)
                        .forEach(failures::add);
                assertThat(failures).hasSizeGreaterThanOrEqualTo(4);
                failures.forEach(VaultSecrecyTest::assertTellsNothing);
                backends.faults().clear();
            }
        }
    }

    @Test
    void settingsAndLoginsHideTheirSecretsInText() {
        SecretValue secret = SecretValue.of("CANARY");
        List<VaultLogin> logins = List.of(
                new VaultLogin.Token(secret),
                new VaultLogin.AppRole("approle", "role-1", Optional.of(TextOrFile.of(secret)), true),
                new VaultLogin.UserPass("userpass", "jo", secret),
                new VaultLogin.Ldap("ldap", "jo", secret),
                new VaultLogin.Jwt("jwt", Optional.empty(), TextOrFile.of(secret)));
        assertThat(logins).allSatisfy(login -> assertThat(
                        VaultSettings.of(java.net.URI.create("https://vault.example:8200"), login)
                                .toString())
                .doesNotContain(CANARY));
    }

    private static List<SecretException> fetchFailures(VaultSource source, Duration budget) {
        List<SecretException> failures = new ArrayList<>();
        collect(failures, () -> source.fetch(List.of(locator("secret/ci/db")), Deadline.in(budget))
                .values()
                .forEach(outcome -> {
                    if (outcome instanceof Outcome.Failed failed) {
                        failures.add(failed.why());
                    }
                }));
        return failures;
    }

    private static void collect(List<SecretException> failures, Runnable call) {
        try {
            call.run();
        } catch (SecretException e) {
            failures.add(e);
        }
    }

    private static void assertTellsNothing(SecretException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain(CANARY).doesNotContain("hvs.");
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        assertThat(failure.reason()).isNotBlank();
        assertThat(failure.fix()).isNotBlank();
    }
}
