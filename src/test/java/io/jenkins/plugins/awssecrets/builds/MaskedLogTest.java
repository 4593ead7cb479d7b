package io.jenkins.plugins.awssecrets.builds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The streams of a build's log, which Pipeline writes to byte by byte and never closes. */
class MaskedLogTest {
    private final Sink sink = new Sink();
    private final MaskedLog log = new MaskedLog(Masker.of(List.of(SecretValue.of("value-of-it-7Qz81L"))));

    @Test
    void whatComesByteByByteGoesOnLineByLine() throws IOException {
        OutputStream stream = log.stream(new StepOutput(sink, "5"));

        for (int line = 0; line < 100; line++) {
            byByte(stream, "a line with value-of-it-7Qz81L in it\n");
        }

        assertThat(sink.toString(UTF_8)).isEqualTo("a line with **** in it\n".repeat(100));
        assertThat(sink.written.availablePermits()).isLessThanOrEqualTo(100);
    }

    @Test
    void aLineThatDoesNotEndIsPassedOnSoon() throws Exception {
        OutputStream stream = log.stream(new StepOutput(sink, "5"));

        byByte(stream, "10 % done");

        assertThat(sink.written.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        assertThat(sink.toString(UTF_8)).isEqualTo("10 % done");
    }

    @Test
    void aLongLineIsPassedOnInPartsAndNoSecretIsCut() throws IOException {
        OutputStream stream = log.stream(new StepOutput(sink, "5"));

        for (int i = 0; i < 3_000; i++) {
            byByte(stream, "value-of-it-7Qz81L.");
        }
        assertThat(sink.size()).isGreaterThan(1_000);
        stream.flush();

        assertThat(sink.toString(UTF_8)).isEqualTo("****.".repeat(3_000));
    }

    @Test
    void howTheTextIsWrittenMakesNoDifference() throws IOException {
        String text = "one value-of-it-7Qz81L two\nthree value-of-\nit is four, value-of-it-7Qz81L\n".repeat(20);
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            sink.reset();
            OutputStream stream = log.stream(new StepOutput(sink, "5"));
            int at = 0;
            while (at < text.length()) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(20));
                if (random.nextBoolean()) {
                    byByte(stream, text.substring(at, end));
                } else {
                    stream.write(text.substring(at, end).getBytes(UTF_8));
                }
                if (random.nextInt(5) == 0) {
                    stream.flush();
                }
                at = end;
            }
            log.release("5");

            assertThat(sink.toString(UTF_8)).isEqualTo("one **** two\nthree value-of-\nit is four, ****\n".repeat(20));
        }
    }

    @Test
    void theEndOfATextThatASecretBeginsWithIsPassedOnWhenItsStepEnds() throws IOException {
        OutputStream one = log.stream(new StepOutput(sink, "5"));
        one.write("one value\n".getBytes(UTF_8));
        assertThat(sink.toString(UTF_8)).isEqualTo("one ");

        log.release("6");
        assertThat(sink.toString(UTF_8)).isEqualTo("one ");
        log.release("5");
        assertThat(sink.toString(UTF_8)).isEqualTo("one value\n");
    }

    @Test
    void atTheLatestItIsPassedOnWhenTheBuildEnds() throws IOException {
        OutputStream ofAnotherFilter = log.stream(sink);
        byByte(ofAnotherFilter, "one value");

        log.release();

        assertThat(sink.toString(UTF_8)).isEqualTo("one value");
    }

    private static void byByte(OutputStream stream, String text) throws IOException {
        for (byte b : text.getBytes(UTF_8)) {
            stream.write(b);
        }
    }

    private static final class Sink extends ByteArrayOutputStream {
        private final Semaphore written = new Semaphore(0);

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            written.release();
        }
    }
}
