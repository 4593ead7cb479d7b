package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class DefaultLoginTest {
    private static final AwsCredentials KEY = AwsBasicCredentials.create("AKIA", "secret");

    private static AwsCredentialsProvider absent(AtomicInteger asked) {
        return () -> {
            asked.incrementAndGet();
            throw SdkClientException.create("canary");
        };
    }

    @Test
    void theFirstWayThatWorksIsKept() {
        AtomicInteger asked = new AtomicInteger();
        DefaultLogin login =
                new DefaultLogin(List.of(Map.entry("environment", absent(asked)), Map.entry("profile", () -> KEY)));
        assertThat(login.resolveCredentials()).isEqualTo(KEY);
        assertThat(login.resolveCredentials()).isEqualTo(KEY);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whenNoWayWorksAllAreNamedWithWhatStoodAgainstThem() {
        DefaultLogin login = new DefaultLogin(List.of(
                Map.entry("environment", absent(new AtomicInteger())), Map.entry("web identity token file", () -> {
                    throw new SecretException(Problem.DENIED, "role r", "STS denies access", "allow it");
                })));
        SecretException why = catchThrowableOfType(SecretException.class, login::resolveCredentials);
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("environment, web identity token file (STS denies access)");
        assertThat(EveryText.of(why)).doesNotContain("canary");
    }

    @Test
    void anInterruptedThreadTriesNoFurtherWay() {
        AtomicInteger asked = new AtomicInteger();
        DefaultLogin login = new DefaultLogin(List.of(
                Map.entry("environment", absent(new AtomicInteger())), Map.entry("instance role", absent(asked))));
        Thread.currentThread().interrupt();
        SecretException why = catchThrowableOfType(SecretException.class, login::resolveCredentials);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(why.problem()).isEqualTo(Problem.ABORTED);
        assertThat(asked).hasValue(0);
    }
}
