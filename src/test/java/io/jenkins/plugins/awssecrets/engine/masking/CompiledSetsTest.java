package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Builds with the same secrets share what is compiled; what nobody uses any more is dropped. */
class CompiledSetsTest {
    private static final SecretValue FIRST = SecretValue.of("first-secret");
    private static final SecretValue SECOND = SecretValue.of("second-secret");

    private final AtomicInteger derived = new AtomicInteger();
    private final CompiledSets sets = new CompiledSets(secret -> {
        derived.incrementAndGet();
        return List.of(secret.bytes());
    });

    @Test
    void maskersOfTheSameSetHoldOneMatcher() {
        Masker one = Masker.of(List.of(FIRST, SECOND), sets);
        Masker other = Masker.of(List.of(SecretValue.of("second-secret"), SecretValue.of("first-secret")), sets);

        assertThat(other.matcher()).isSameAs(one.matcher());
        assertThat(derived).hasValue(2);
        assertThat(sets.size()).isEqualTo(1);
    }

    @Test
    void setsThatGrowAlikeMeetAgain() {
        Masker one = Masker.of(List.of(FIRST), sets);
        Masker other = Masker.of(List.of(SECOND), sets);
        one.add(List.of(SECOND));
        other.add(List.of(FIRST));

        assertThat(other.matcher()).isSameAs(one.matcher());
        assertThat(other.mask("a first-secret, a second-secret")).isEqualTo("a ****, a ****");
    }

    @Test
    void aSecretThatIsKnownAlreadyCompilesNothing() {
        Masker masker = Masker.of(List.of(FIRST), sets);
        Matcher before = masker.matcher();
        masker.add(List.of(SecretValue.of("first-secret")));

        assertThat(masker.matcher()).isSameAs(before);
    }

    @Test
    @Timeout(60)
    void whatTheLastMaskerUsedIsDropped() throws InterruptedException {
        Masker masker = Masker.of(List.of(FIRST), sets);
        assertThat(sets.size()).isEqualTo(1);
        masker = null;
        while (sets.size() > 0) {
            System.gc();
            Thread.sleep(10);
        }
        masker = Masker.of(List.of(FIRST), sets);

        assertThat(masker.mask("first-secret")).isEqualTo("****");
        assertThat(derived).hasValue(2);
    }

    @Test
    @Timeout(60)
    void manyThatAskAtOnceCompileOnce() throws Exception {
        int threads = 8;
        CountDownLatch ready = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Masker>> maskers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                maskers.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return Masker.of(List.of(FIRST, SECOND), sets);
                }));
            }
            Matcher first = maskers.get(0).get().matcher();
            for (Future<Masker> masker : maskers) {
                assertThat(masker.get().matcher()).isSameAs(first);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(derived).hasValue(2);
    }

    @Test
    void aDigestIsOfNoUseToAnotherObject() {
        assertThat(sets.digest(FIRST)).isEqualTo(sets.digest(SecretValue.of("first-secret")));
        assertThat(new CompiledSets().digest(FIRST)).isNotEqualTo(new CompiledSets().digest(FIRST));
    }
}
