package io.jenkins.plugins.awssecrets.engine.source.faults;

import static io.jenkins.plugins.awssecrets.engine.source.faults.Cell.BUDGET;
import static io.jenkins.plugins.awssecrets.engine.source.faults.Cell.BUDGET_OF_WHAT_LASTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.MetadataCache;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.AtOnce;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twelve faults x five operations x three sources, through a proxy that spoils what goes over TCP. A row runs its three
 * cells at once, beside sources that have nothing to do with the fault.
 *
 * <p>Start-up, listing, fetching and logging in fail as {@link NetworkFault#problem()} says, in every source alike; a
 * renewal that fails is not noticed by anybody. All end by their deadline, work again when the fault is over, and leave
 * neither thread nor connection.
 */
@Timeout(60)
class FaultTableTest {
    enum Operation {
        START_UP,
        LIST,
        FETCH,
        LOGIN,
        RENEW
    }

    private static final List<SourceKind> KINDS = List.of(SourceKind.SSM, SourceKind.SECRETS_MANAGER, SourceKind.VAULT);

    /** What a machine that is busy with other things may add to a deadline. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration LEFT_OF_A_SESSION = Duration.ofSeconds(90);
    private static final Seed SEED = Seed.parse("""
        aws:
          accessKeys: [{ id: AKIADEMO, secret: any, user: admin }]
          roles: [{ arn: "arn:aws:iam::123456789012:role/reader" }]
        ssm: [{ name: /ci/a, value: value }]
        secretsManager: [{ name: ci/a, string: value }]
        vault:
          rootToken: root
          policies: { ci: [{ path: secret/*, capabilities: [read, list] }] }
          mounts: [{ path: secret, type: kv, version: 2, secrets: [{ path: ci/a, data: { k: value } }] }]
          auth: [{ type: approle, accept: [{ with: { role_id: role-1, secret_id: secret-1 }, policies: [ci], ttl: 2h }] }]
        """);

    @TempDir
    static Path folder;

    private static final ExecutorService threads = Executors.newCachedThreadPool();
    private static final Map<String, Optional<String>> properties = new HashMap<>();
    private static FaultProxy.Certificates certificates;
    private static String ca;
    private static DemoBackends backends;
    private static DemoBackends shortSessions;
    private static List<SecretSource> neighbours;

    @BeforeAll
    static void start() throws Exception {
        Keys trusted = Keys.make(folder, "trusted");
        certificates = new FaultProxy.Certificates(
                trusted.context(), Keys.make(folder, "untrusted").context());
        ca = trusted.pem();
        // The SDK's client takes the JVM's trusted certificates, and has these read for each client anew.
        set("javax.net.ssl.trustStore", trusted.trustStore(folder).toString());
        set("javax.net.ssl.trustStorePassword", Keys.PASSWORD);
        backends = DemoBackends.start(SEED);
        // Sessions of STS last an hour, of which all but the last 90 seconds are over by this clock.
        shortSessions =
                DemoBackends.start(SEED, Clock.offset(Clock.systemUTC(), LEFT_OF_A_SESSION.minus(Duration.ofHours(1))));
        neighbours = List.of(
                new SsmSource(
                        "calm-ssm",
                        AwsSettings.DEFAULTS
                                .withRegion("eu-west-1")
                                .withEndpoint(backends.ssm())
                                .withLogin(
                                        new AwsLogin.StaticKeys("AKIADEMO", SecretValue.of("any"), Optional.empty())),
                        SourceFilter.NONE),
                new VaultSource(
                        "calm-vault",
                        VaultSettings.of(backends.vault(), new VaultLogin.Token(SecretValue.of("root"))),
                        SourceFilter.NONE));
        for (SourceKind kind : KINDS) {
            try (Cell first =
                    new Cell(kind, backends, Optional.empty(), Optional.empty(), new MovableClock(), new AtOnce())) {
                // Loading the clients takes longer than any call later on.
                assertThat(first.fetch(Duration.ofSeconds(30))).isEmpty();
            }
        }
    }

    @AfterAll
    static void stop() {
        neighbours.forEach(SecretSource::close);
        backends.close();
        shortSessions.close();
        threads.shutdownNow();
        properties.forEach((name, value) ->
                value.ifPresentOrElse(v -> System.setProperty(name, v), () -> System.clearProperty(name)));
    }

    private static void set(String property, String value) {
        properties.put(property, Optional.ofNullable(System.setProperty(property, value)));
    }

    static Stream<Arguments> rows() {
        return Stream.of(NetworkFault.values())
                .flatMap(fault -> Stream.of(Operation.values()).map(operation -> Arguments.of(fault, operation)));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("rows")
    void aRowOfTheTable(NetworkFault fault, Operation operation) throws Exception {
        List<Future<?>> cells = new ArrayList<>();
        for (SourceKind kind : KINDS) {
            cells.add(threads.submit(() -> {
                cell(kind, fault, operation);
                return kind;
            }));
        }
        neighbours.forEach(FaultTableTest::readsAtOnce);
        for (Future<?> cell : cells) {
            cell.get();
        }
        await("threads that are left: " + threadsLeft(), () -> threadsLeft().isEmpty());
    }

    /** The JDK's client cannot be closed before Java 21; its thread ends when nobody refers to it any more. */
    @Test
    void closedVaultSourcesLeaveNoThreadOfTheirHttpClients() {
        long before = httpClients();
        for (int i = 0; i < 10; i++) {
            try (Cell cell = new Cell(
                    SourceKind.VAULT, backends, Optional.empty(), Optional.empty(), new MovableClock(), new AtOnce())) {
                assertThat(cell.fetch(BUDGET)).isEmpty();
            }
        }

        await("their threads end", () -> {
            System.gc();
            return httpClients() <= before;
        });
    }

    private static long httpClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .count();
    }

    private static void readsAtOnce(SecretSource source) {
        String name = source.kind() == SourceKind.SSM ? "/ci/a" : "secret/ci/a";
        Locator locator = new Locator(source.id(), name, Optional.empty());
        assertThat(source.fetch(List.of(locator), Deadline.in(BUDGET)).get(locator))
                .as("a source that is not concerned")
                .isInstanceOf(Outcome.Found.class);
    }

    private static void cell(SourceKind kind, NetworkFault fault, Operation operation) {
        boolean tls = fault == NetworkFault.TLS;
        MovableClock clock = new MovableClock();
        AtOnce background = new AtOnce();
        try (Cell cell = new Cell(
                kind,
                operation == Operation.RENEW ? shortSessions : backends,
                tls ? Optional.of(certificates) : Optional.empty(),
                tls ? Optional.of(ca) : Optional.empty(),
                clock,
                background)) {
            switch (operation) {
                case START_UP -> startUp(cell, fault);
                case LIST -> list(cell, fault);
                case FETCH -> fetch(cell, fault);
                case LOGIN -> login(cell, fault);
                case RENEW -> {
                    if (kind == SourceKind.VAULT) {
                        renewToken(cell, fault, clock, background);
                    } else {
                        renewSession(cell, fault);
                    }
                }
            }
            cell.source().close();
            await("connections that are left: " + cell.connections(), () -> cell.connections() == 0);
        }
    }

    /** What the last start knew is there at once, with its age; what is wrong is told beside it. */
    private static void startUp(Cell cell, NetworkFault fault) {
        cell.service().begin(fault);
        Instant then = Instant.now().minus(Duration.ofHours(1));
        SecretMetadata known = new SecretMetadata(
                cell.source().id(), "known", "", Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
        MetadataCache cache = new MetadataCache(
                GuardedSource.around(cell.source()),
                Duration.ofMinutes(5),
                Clock.systemUTC(),
                threads,
                Optional.of(new Listing(List.of(known), Optional.of(then), Optional.empty())),
                listing -> {});
        Instant start = Instant.now();
        assertThat(cache.current().secrets()).containsExactly(known);
        assertThat(cache.current().age(Clock.systemUTC()).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(500));
        if (fault.lasts()) {
            // The refresh has minutes; it ends with the source.
            await("the refresh has begun", () -> cell.service().spoiled() > 0);
            return;
        }
        await("the refresh has failed", () -> cache.current().problem().isPresent());
        Listing stale = cache.current();
        isTold(stale.problem(), fault);
        assertThat(stale.secrets()).containsExactly(known);
        assertThat(stale.asOf()).contains(then);
        cell.service().end();
        cache.expire();
        await("what is there is listed", () -> cache.current().problem().isEmpty());
        assertThat(cache.current().secrets()).doesNotContain(known).hasSize(1);
    }

    private static void list(Cell cell, NetworkFault fault) {
        assertThat(cell.list(BUDGET)).isEmpty();
        cell.service().begin(fault);
        endsInTime(fault, cell::list);
        cell.service().end();
        assertThat(cell.list(BUDGET)).as("when it is over").isEmpty();
    }

    private static void fetch(Cell cell, NetworkFault fault) {
        assertThat(cell.fetch(BUDGET)).isEmpty();
        cell.service().begin(fault);
        endsInTime(fault, cell::fetch);
        cell.service().end();
        assertThat(cell.fetch(BUDGET)).as("when it is over").isEmpty();
    }

    private static void login(Cell cell, NetworkFault fault) {
        cell.login().begin(fault);
        endsInTime(fault, cell::fetch);
        cell.login().end();
        assertThat(cell.fetch(BUDGET)).as("when it is over").isEmpty();
    }

    private static void renewSession(Cell cell, NetworkFault fault) {
        assertThat(cell.fetch(BUDGET)).isEmpty();
        cell.login().begin(fault);
        assertThat(cell.fetch(BUDGET))
                .as("with the session that is about to end")
                .isEmpty();
        if (fault != NetworkFault.REFUSED) {
            await("the renewal was tried", () -> cell.login().spoiled() > 0);
        }
        assertThat(cell.fetch(BUDGET)).as("while the renewal fails").isEmpty();
    }

    private static void renewToken(Cell cell, NetworkFault fault, MovableClock clock, AtOnce background) {
        assertThat(cell.fetch(BUDGET)).isEmpty();
        int logins = shortSessions.requests().count(Service.VAULT, "login");
        cell.service().begin(fault);
        clock.forward(background.delay().orElseThrow());
        Instant start = Instant.now();
        background.ring();
        assertThat(Duration.between(start, Instant.now())).isLessThan(BUDGET.plus(GRACE));
        cell.service().end();
        assertThat(cell.fetch(BUDGET)).as("with the token it had").isEmpty();
        assertThat(shortSessions.requests().count(Service.VAULT, "login")).isEqualTo(logins);
    }

    private interface Call {
        Optional<SecretException> within(Duration budget);
    }

    private static void endsInTime(NetworkFault fault, Call call) {
        Duration budget = fault.lasts() ? BUDGET_OF_WHAT_LASTS : BUDGET;
        Instant start = Instant.now();
        Optional<SecretException> why = call.within(budget);
        assertThat(Duration.between(start, Instant.now())).isLessThan(budget.plus(GRACE));
        isTold(why, fault);
    }

    private static void isTold(Optional<SecretException> why, NetworkFault fault) {
        assertThat(why).as("a call that met " + fault).isPresent();
        assertThat(why.get().problem()).as(why.get().getMessage()).isEqualTo(fault.problem());
        assertThat(why.get()).hasNoCause().hasNoSuppressedExceptions();
        assertThat(why.get().getMessage()).doesNotContain(NetworkFault.CANARY);
    }

    private static List<String> threadsLeft() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("source (ssm|secretsManager|vault) call|reads of source vault"
                        + "|token of source vault|renewal of an AWS session"))
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
