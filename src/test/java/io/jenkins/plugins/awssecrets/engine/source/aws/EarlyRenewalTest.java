package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.resolve.guard.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class EarlyRenewalTest {
    private final Time time = new Time();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final EarlyRenewal session = new EarlyRenewal(this::assume, time, background::add);
    private int sessions;
    private boolean failing;

    private AwsCredentials assume() {
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
        time.pass(Duration.ofMinutes(55));

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
        time.pass(Duration.ofMinutes(55));
        key();
        background.remove().run();
        key();
        assertThat(background).isEmpty();

        time.pass(Duration.ofSeconds(30));
        assertThat(key()).isEqualTo("ASIA1");
        assertThat(background).hasSize(1);
        background.remove().run();
        time.pass(Duration.ofMinutes(4));

        assertThatThrownBy(this::key).hasMessage("STS is down");
        failing = false;
        assertThat(key()).isEqualTo("ASIA2");
    }

    @Test
    void aSessionThatEndedWhileNobodyAskedIsWaitedFor() {
        key();
        time.pass(Duration.ofDays(2));

        assertThat(key()).isEqualTo("ASIA2");
    }
}
