package io.jenkins.plugins.awssecrets.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuditTrailTest {
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AuditTrail trail = new AuditTrail(
            () -> "ci", Clock.fixed(Events.NOON, ZoneOffset.UTC), Executors.defaultThreadFactory(), warnings::add, 3);
    private final Kept good = new Kept("good");

    @AfterEach
    void end() {
        trail.close();
    }

    @Test
    void eachSinkGetsEachEventInOrder() {
        Kept second = new Kept("second");
        for (String id : List.of("a", "b", "c")) {
            trail.record(Events.use(id), List.of(good, second));
        }
        trail.close();

        assertThat(good.credentials()).containsExactly("a", "b", "c");
        assertThat(second.credentials()).containsExactly("a", "b", "c");
    }

    @Test
    void aSinkThatThrowsIsToldOfAndTheOtherGetsAll() {
        Kept broken = new Kept("broken");
        broken.broken = true;
        trail.record(Events.use("a"), List.of(broken, good));
        trail.record(Events.use("b"), List.of(broken, good));
        await(() -> broken.tried >= 2);
        broken.broken = false;
        trail.record(Events.use("c"), List.of(broken, good));
        trail.close();

        assertThat(good.credentials()).contains("a", "b", "c");
        assertThat(good.reasons()).contains("events do not reach broken: IllegalStateException");
        assertThat(broken.reasons().get(0)).isEqualTo("2 events did not reach broken");
        assertThat(broken.credentials()).endsWith("c");
        assertThat(warnings).containsExactly("Audit events do not reach broken: IllegalStateException");
        assertThat(warnings.toString() + good.reasons()).doesNotContain("canary");
    }

    @Test
    void aSinkThatHangsHoldsUpNobody() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AuditSink hung = new AuditSink() {
            @Override
            public String name() {
                return "hung";
            }

            @Override
            public void write(AuditEvent event) throws IOException {
                hanging.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        trail.record(Events.use("0"), List.of(hung));
        hanging.await();
        long start = System.nanoTime();
        for (int i = 1; i < 100; i++) {
            trail.record(Events.use("" + i), List.of(hung));
        }
        trail.record(Events.use("last"), List.of(hung, good));
        long took = System.nanoTime() - start;

        assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(1));
        await(() -> good.credentials().contains("last"));
        assertThat(warnings).containsExactly("Audit events do not reach hung: it takes them too slowly");
        end.countDown();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static final class Kept implements AuditSink {
        private final String name;
        private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
        private volatile boolean broken;
        private volatile int tried;

        Kept(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void write(AuditEvent event) {
            tried++;
            if (broken) {
                throw new IllegalStateException("canary");
            }
            events.add(event);
        }

        List<String> credentials() {
            return events.stream().map(AuditEvent::credential).toList();
        }

        List<String> reasons() {
            return events.stream().map(AuditEvent::reason).toList();
        }
    }
}
