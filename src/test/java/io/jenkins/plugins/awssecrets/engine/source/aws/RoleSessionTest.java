package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.MovableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class RoleSessionTest {
    private final MovableClock time = new MovableClock();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final RoleSession session =
            new RoleSession(this::assume, () -> Duration.ofMillis(200), time, background::add);
    private int sessions;
    private boolean failing;

    private AwsSessionCredentials assume() {
        if (failing) {
            throw new IllegalStateException("STS is down");
        }
        return AwsSessionCredentials.builder()
                .accessKeyId("ASIA" + ++sessions)
                .secretAccessKey("key")
                .sessionToken("token")
                .expirationTime(time.instant().plus(Duration.ofHours(1)))
                .build();
    }

    private String key() {
        return session.resolveCredentials().accessKeyId();
    }

    @Test
    void theFirstCallerWaits() {
        assertThat(key()).isEqualTo("ASIA1");
        assertThat(key()).isEqualTo("ASIA1");
        assertThat(background).isEmpty();
    }

    @Test
    void fiveMinutesBeforeTheEndItIsRenewedOnceAndNobodyWaits() {
        key();
        time.forward(Duration.ofMinutes(55));

        assertThat(key()).isEqualTo("ASIA1");
        assertThat(key()).isEqualTo("ASIA1");
        assertThat(background).hasSize(1);
        background.remove().run();

        assertThat(key()).isEqualTo("ASIA2");
    }

    @Test
    void anStsThatIsDownDoesNotMatterUntilTheLastMinuteAndIsNotHammered() {
        key();
        failing = true;
        time.forward(Duration.ofMinutes(55));
        key();
        background.remove().run();
        key();
        assertThat(background).isEmpty();

        time.forward(Duration.ofSeconds(30));
        assertThat(key()).isEqualTo("ASIA1");
        assertThat(background).hasSize(1);
        background.remove().run();
        time.forward(Duration.ofMinutes(4));

        assertThatThrownBy(this::key).hasMessage("STS is down");
        failing = false;
        assertThat(key()).isEqualTo("ASIA2");
    }

    @Test
    void aSessionThatEndedWhileNobodyAskedIsWaitedFor() {
        key();
        time.forward(Duration.ofDays(2));

        assertThat(key()).isEqualTo("ASIA2");
    }

    @Test
    void oneAsksForAllWhoWaitForTheFirstSession() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        RoleSession slow = new RoleSession(
                () -> {
                    asked.countDown();
                    awaitQuietly(answer);
                    return assume();
                },
                () -> Duration.ofSeconds(20),
                time,
                background::add);
        List<CompletableFuture<AwsCredentials>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(CompletableFuture.supplyAsync(slow::resolveCredentials, work -> new Thread(work).start()));
        }
        asked.await();
        answer.countDown();

        for (CompletableFuture<AwsCredentials> caller : callers) {
            assertThat(caller.get().accessKeyId()).isEqualTo("ASIA1");
        }
        assertThat(sessions).isEqualTo(1);
    }

    @Test
    void whoWaitsForAnotherWaitsNoLongerThanItsOwnDeadline() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        RoleSession slow = new RoleSession(
                () -> {
                    asked.countDown();
                    awaitQuietly(answer);
                    return assume();
                },
                () -> Duration.ofMillis(50),
                time,
                background::add);
        CompletableFuture<AwsCredentials> first =
                CompletableFuture.supplyAsync(slow::resolveCredentials, work -> new Thread(work).start());
        asked.await();

        assertThatThrownBy(slow::resolveCredentials).hasCauseInstanceOf(TimeoutException.class);
        answer.countDown();
        assertThat(first.get().accessKeyId()).isEqualTo("ASIA1");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
