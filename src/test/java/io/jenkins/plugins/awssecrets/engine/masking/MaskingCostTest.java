package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What masking may take, whatever the secrets and the text. Speed is measured by the benchmark. */
class MaskingCostTest {
    private static final int MEBIBYTE = 1 << 20;

    /** Punctuation has more forms, and each is longer. */
    private static final String PRINTABLE = IntStream.rangeClosed('!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneHundredSecretsWithAllFormsTakeLessThan32Mebibytes(boolean punctuation) throws ReflectiveOperationException {
        assertThat(MatcherSize.bytesOf(Masker.of(secrets(100, punctuation)))).isLessThan(32L * MEBIBYTE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThousandSecretsWithAllFormsTakeLessThan256Mebibytes(boolean punctuation)
            throws ReflectiveOperationException {
        assertThat(MatcherSize.bytesOf(Masker.of(secrets(1000, punctuation)))).isLessThan(256L * MEBIBYTE);
    }

    /** Of processor time, the best of a few, since others use the machine as well. */
    @ParameterizedTest
    @CsvSource({"100, 0.5, 5", "1000, 5, 6"})
    void secretsAreCompiledWithinTheirBound(int count, double seconds, int times) {
        List<SecretValue> secrets = secrets(count, false);
        double best = IntStream.range(0, times)
                .mapToDouble(i -> processorSeconds(() -> Masker.of(secrets)))
                .min()
                .orElseThrow();

        assertThat(best).isLessThan(seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aLongSecretTakesLessThanTwoMebibytes(int index) throws ReflectiveOperationException {
        SecretValue secret = new LongSecrets(1).ofABuild().get(index);

        assertThat(MatcherSize.bytesOf(Masker.of(List.of(secret)))).isLessThan(2L * MEBIBYTE);
    }

    @Test
    void theLongSecretsOfABuildTakeLessThanTwoMebibytesEachTogether() throws ReflectiveOperationException {
        List<SecretValue> secrets = new LongSecrets(1).ofABuild();

        assertThat(MatcherSize.bytesOf(Masker.of(secrets))).isLessThan(secrets.size() * 2L * MEBIBYTE);
    }

    @Test
    void twoHundredBuildsWithTheSameLongSecretsTakeNoMoreThanOne() {
        CompiledSets sets = new CompiledSets();
        Masker one = Masker.of(new LongSecrets(1).ofABuild(), sets);

        for (int build = 0; build < 200; build++) {
            assertThat(Masker.of(new LongSecrets(1).ofABuild(), sets).matcher()).isSameAs(one.matcher());
        }
    }

    @Test
    void theLongSecretsOfABuildAreCompiledWithinASecond() {
        List<SecretValue> secrets = new LongSecrets(1).ofABuild();
        double best = IntStream.range(0, 5)
                .mapToDouble(i -> processorSeconds(() -> Masker.of(secrets)))
                .min()
                .orElseThrow();

        assertThat(best).isLessThan(1);
    }

    /** A way that is quadratic in the secret's length would take hours for these. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPeriodicSecretInAPeriodicLogTakesTimeInProportionToTheLog() throws IOException {
        for (String period : List.of("a", "ab", "aab")) {
            byte[] secret = repeat(period, 16_000);
            byte[] log = repeat(period, 8 * MEBIBYTE);
            for (int i = 15_000; i < log.length; i += 15_000) {
                log[i] = 'x';
            }
            Masker masker = literal(List.of(secret));
            try (OutputStream out = new MaskingOutputStream(OutputStream.nullOutputStream(), masker)) {
                for (int at = 0; at < log.length; at += 64) {
                    out.write(log, at, 64);
                }
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void thousandsOfSecretsThatBeginAlikeTakeNoLongerThanOne() throws IOException {
        List<byte[]> secrets = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            secrets.add(("-----BEGIN PRIVATE KEY-----".repeat(3) + i).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] log = repeat("-----BEGIN PRIVATE KEY-----", 8 * MEBIBYTE);
        Masker masker = literal(secrets);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (OutputStream out = new MaskingOutputStream(sink, masker)) {
            out.write(log);
        }

        assertThat(sink.toByteArray()).isEqualTo(log);
    }

    /** Secrets of 32 bytes: letters and digits, or any printable characters of ASCII. */
    static List<SecretValue> secrets(int count, boolean punctuation) {
        if (!punctuation) {
            return BuildLog.secrets(count, 32, 1).stream().map(SecretValue::of).toList();
        }
        Random random = new Random(1);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(32, 0, PRINTABLE.length())
                        .map(PRINTABLE::charAt)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .map(SecretValue::of)
                .toList();
    }

    private static double processorSeconds(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - before) / 1e9;
    }

    private static Masker literal(List<byte[]> secrets) {
        return new Masker(
                value -> List.of(value.bytes()),
                secrets.stream().map(SecretValue::of).toList());
    }

    private static byte[] repeat(String period, int length) {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = (byte) period.charAt(i % period.length());
        }
        return result;
    }
}
