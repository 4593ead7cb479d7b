package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Secrets that come later, a sink that fails, several threads, the end. */
class MaskingOutputStreamLifeTest {
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @Nested
    class SecretsAddedLater {
        @Test
        void aRunningStreamMasksThemFromTheNextWriteOn() throws IOException {
            Masker masker = masker("hunter2");
            MaskingOutputStream out = new MaskingOutputStream(sink, masker);
            out.write(bytes("tr0ub4dor hunter2\n"));
            masker.add(secrets("tr0ub4dor"));
            out.write(bytes("tr0ub4dor hunter2\n"));

            assertThat(out()).isEqualTo("tr0ub4dor ****\n**** ****\n");
        }

        @Test
        void whatIsHeldBackIsSearchedForThemToo() throws IOException {
            Masker masker = masker("my-tr0ub4dor-and-more");
            MaskingOutputStream out = new MaskingOutputStream(sink, masker);
            out.write(bytes("my-tr0ub4dor-"));
            masker.add(secrets("tr0ub4dor"));
            out.close();

            assertThat(out()).isEqualTo("my-****-");
        }

        @Test
        void aFlushIsEnoughToMaskThem() throws IOException {
            Masker masker = masker("tr0ub4dor-and-more");
            MaskingOutputStream out = new MaskingOutputStream(sink, masker);
            out.write(bytes("tr0ub4dor-"));
            masker.add(secrets("tr0ub4dor"));
            out.flush();

            assertThat(out()).isEqualTo("****");
        }

        @Test
        void aMaskThatIsOutAlreadyStaysOne() throws IOException {
            Masker masker = masker("aaa");
            MaskingOutputStream out = new MaskingOutputStream(sink, masker);
            out.write(bytes("aaa"));
            out.write(bytes("a"));
            masker.add(secrets("aaaabab"));
            out.write(bytes("bab"));

            assertThat(out()).isEqualTo("****bab");
        }

        /** The deriving of the new secret's forms is stopped in the middle, and the log goes on. */
        @Test
        void theLogGoesOnWhileTheyAreCompiled() throws Exception {
            CountDownLatch deriving = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Masker masker = new Masker(
                    value -> {
                        if (value.equals(SecretValue.of("tr0ub4dor"))) {
                            deriving.countDown();
                            awaitUninterrupted(goOn);
                        }
                        return List.of(value.bytes());
                    },
                    secrets("hunter2"));
            MaskingOutputStream out = new MaskingOutputStream(sink, masker);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<?> adding = thread.submit(() -> masker.add(secrets("tr0ub4dor")));
            deriving.await();
            out.write(bytes("hunter2 tr0ub4dor\n"));
            out.flush();

            assertThat(out()).isEqualTo("**** tr0ub4dor\n");
            goOn.countDown();
            adding.get();
            thread.shutdown();
            out.write(bytes("hunter2 tr0ub4dor\n"));
            assertThat(out()).endsWith("\n**** ****\n");
        }

        private void awaitUninterrupted(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void theyMayBeginInWhatIsHeldBack() throws IOException {
            Masker masker = masker("hunter2");
            MaskingOutputStream out = new MaskingOutputStream(sink, masker);
            out.write(bytes("a hunt"));
            masker.add(secrets("ntil"));
            out.write(bytes("il b"));

            assertThat(out()).isEqualTo("a hu**** b");
        }
    }

    @Nested
    class WhenTheSinkFails {
        @Test
        void itsExceptionIsThrownAndLaterWritesGoOn() throws IOException {
            FailingOnce failing = new FailingOnce();
            MaskingOutputStream out = new MaskingOutputStream(failing, masker("hunter2"));
            out.write(bytes("one\nhunt"));
            failing.fail = true;

            assertThatIOException()
                    .isThrownBy(() -> out.write(bytes("er2 two\nhun")))
                    .withMessage("disk full");
            out.write(bytes("ter2 three\n"));

            assertThat(out()).isEqualTo("one\n**** three\n");
        }

        @Test
        void closeClosesItNevertheless() throws IOException {
            FailingOnce failing = new FailingOnce();
            MaskingOutputStream out = new MaskingOutputStream(failing, masker("hunter2"));
            out.write(bytes("hunt"));
            failing.fail = true;

            assertThatIOException().isThrownBy(out::close).withMessage("disk full");
            assertThat(failing.closed).isTrue();
        }

        /** Refuses one write, all of it. */
        private final class FailingOnce extends OutputStream {
            private boolean fail;
            private boolean closed;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (fail) {
                    fail = false;
                    throw new IOException("disk full");
                }
                sink.write(bytes, offset, length);
            }

            @Override
            public void close() {
                closed = true;
            }
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws IOException {
        MaskingOutputStream out = stream("hunter2");
        out.write(bytes("hunt"));
        out.close();
        out.close();

        assertThat(out()).isEqualTo("hunt");
    }

    @Test
    void aClosedStreamRefusesWrites() throws IOException {
        MaskingOutputStream out = stream("hunter2");
        out.close();

        assertThatIOException().isThrownBy(() -> out.write('x')).withMessageContaining("closed");
    }

    @Test
    void linesOfSeveralThreadsStayWhole() throws IOException, InterruptedException, ExecutionException {
        int writers = 8;
        int lines = 500;
        MaskingOutputStream out = stream("hunter2");
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<Void>> written = IntStream.range(0, writers)
                .mapToObj(writer -> threads.<Void>submit(() -> {
                    start.await();
                    for (int line = 0; line < lines; line++) {
                        out.write(bytes("writer " + writer + " says hunter2 in line " + line + "\n"));
                    }
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<Void> each : written) {
            each.get();
        }
        threads.shutdown();

        assertThat(out().lines())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, writers)
                        .boxed()
                        .flatMap(writer -> IntStream.range(0, lines)
                                .mapToObj(line -> "writer " + writer + " says **** in line " + line))
                        .toList());
    }

    @Test
    void secretsAreAddedWhileOthersWrite() throws IOException, InterruptedException, ExecutionException {
        Masker masker = masker("hunter2");
        MaskingOutputStream out = new MaskingOutputStream(sink, masker);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> adding =
                threads.submit(() -> IntStream.range(0, 50).forEach(i -> masker.add(secrets("added-secret-" + i))));
        Future<Void> writing = threads.submit(() -> {
            for (int i = 0; i < 2000; i++) {
                out.write(bytes("hunter2 in line " + i + "\n"));
            }
            return null;
        });
        adding.get();
        writing.get();
        threads.shutdown();
        out.write(bytes("added-secret-0 added-secret-49\n"));

        assertThat(out().lines())
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.range(0, 2000).mapToObj(i -> "**** in line " + i), Stream.of("**** ****"))
                        .toList());
    }

    private MaskingOutputStream stream(String... secrets) {
        return new MaskingOutputStream(sink, masker(secrets));
    }

    private String out() {
        return sink.toString(StandardCharsets.ISO_8859_1);
    }

    private static Masker masker(String... secrets) {
        return new Masker(value -> List.of(value.bytes()), secrets(secrets));
    }

    private static List<SecretValue> secrets(String... secrets) {
        return Stream.of(secrets).map(SecretValue::of).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
