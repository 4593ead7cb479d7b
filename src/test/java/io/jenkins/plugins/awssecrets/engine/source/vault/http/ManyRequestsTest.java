package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many that ask one Vault at the same moment. */
@Timeout(60)
class ManyRequestsTest {
    private static final int CALLERS = 3 * VaultClient.AT_ONCE;
    private static final Locator SECRET = locator("secret/ci/db");

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final CountDownLatch full = new CountDownLatch(VaultClient.AT_ONCE);
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ScriptedVault vault = new ScriptedVault()
            .on("GET sys/internal/ui/mounts/secret/ci/db", 200, "{\"data\":{\"path\":\"secret/\",\"type\":\"other\"}}")
            .on("GET secret/ci/db", exchange -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                full.countDown();
                open.await();
                underWay.decrementAndGet();
                ScriptedVault.send(exchange, 200, "{\"data\":{\"password\":\"any\"}}".getBytes(StandardCharsets.UTF_8));
            });

    @AfterEach
    void stop() {
        open.countDown();
        callers.shutdownNow();
        vault.close();
    }

    @Test
    void aVaultIsSentSoManyRequestsAtOnceAndTheOthersWait() throws Exception {
        try (VaultSource source = source(vault.url(), TOKEN)) {
            List<Future<Outcome>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(callers.submit(() -> read(source, Duration.ofSeconds(50))));
            }
            assertThat(full.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(read(source, Duration.ofMillis(50)))
                    .as("who cannot wait")
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.why().problem()).isEqualTo(Problem.TIMEOUT));
            open.countDown();

            for (Future<Outcome> each : all) {
                assertThat(each.get()).isInstanceOf(Outcome.Found.class);
            }
            assertThat(most).hasValue(VaultClient.AT_ONCE);
        }
    }

    private static Outcome read(VaultSource source, Duration patience) {
        return source.fetch(List.of(SECRET), Deadline.in(patience)).get(SECRET);
    }
}
