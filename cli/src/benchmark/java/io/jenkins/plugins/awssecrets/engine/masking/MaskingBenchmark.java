package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One log through one stream. Beside the time of the clock, each method counts the time of its processor, which is what
 * the report shows: it stays the same when other programs want the processor too. An operation is the whole log, but for
 * {@link #jenkins} and {@link #jenkinsLiterals} a slice of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskingBenchmark {
    static final int LOG_BYTES = 64 << 20;
    static final int SECRET_BYTES = 32;
    /** The log is this much, four times. */
    private static final int DIFFERENT_BYTES = LOG_BYTES / 4;

    private static final int SEED = 20261101;

    @Param("20")
    int secrets;

    /** What the log is made of, besides {@link BuildLog}'s lines. */
    @Param("none")
    Text text;

    /** Bytes a write. */
    @Param("8192")
    int write;

    /** What a log may hold. */
    public enum Text {
        none,
        each1000,
        each10,
        each1,
        nearMatches
    }

    private byte[] log;
    private Masker masker;
    private Pattern regex;
    private DenseMasking dense;
    private ByteArrayOutputStream memory;
    private Path file;

    @Setup
    public void prepare(BenchmarkParams running) throws IOException {
        String benchmark =
                running.getBenchmark().substring(running.getBenchmark().lastIndexOf('.') + 1);
        List<byte[]> values = BuildLog.secrets(secrets, SECRET_BYTES, SEED);
        List<SecretValue> secretValues = values.stream().map(SecretValue::of).toList();
        BuildLog lines = new BuildLog(SEED);
        log = repeated(
                switch (text) {
                    case none -> lines.bytes(DIFFERENT_BYTES);
                    case each1000 -> lines.bytes(DIFFERENT_BYTES, 1000, values);
                    case each10 -> lines.bytes(DIFFERENT_BYTES, 10, values);
                    case each1 -> lines.bytes(DIFFERENT_BYTES, 1, values);
                    case nearMatches -> nearMatches(secretValues);
                });
        // Only what is measured: the others take a while.
        switch (benchmark) {
            case "literals" -> masker = new Masker(value -> List.of(value.bytes()), secretValues);
            case "allForms", "allFormsToFile" -> masker = Masker.of(secretValues);
            case "jenkins" -> regex = JenkinsMasking.pattern(values);
            case "jenkinsLiterals" -> regex = JenkinsMasking.literals(values);
            case "denseAutomaton" -> dense = DenseMasking.of(values);
            default -> {}
        }
        memory = new ByteArrayOutputStream(LOG_BYTES + (1 << 20));
        file = Files.createTempFile("masking", ".log");
    }

    private static byte[] repeated(byte[] part) {
        byte[] whole = new byte[LOG_BYTES];
        for (int at = 0; at < whole.length; at += part.length) {
            System.arraycopy(part, 0, whole, at, part.length);
        }
        return whole;
    }

    /** Each form of each secret without its last byte, one behind the other. */
    private static byte[] nearMatches(List<SecretValue> secrets) {
        ByteArrayOutputStream near = new ByteArrayOutputStream(DIFFERENT_BYTES + (1 << 20));
        List<byte[]> forms = secrets.stream()
                .flatMap(secret -> SecretForms.derive(secret).stream())
                .toList();
        for (int i = 0; near.size() < DIFFERENT_BYTES; i = (i + 1) % forms.size()) {
            near.write(forms.get(i), 0, forms.get(i).length - 1);
        }
        return Arrays.copyOf(near.toByteArray(), DIFFERENT_BYTES);
    }

    @TearDown
    public void remove() throws IOException {
        Files.delete(file);
    }

    /** The bytes that an operation of Jenkins' way copies: fewer for more secrets, since it slows with each. */
    static int sliceBytes(int secrets) {
        return Math.max(32 << 10, (4 << 20) / secrets);
    }

    @Benchmark
    public int passThroughToMemory(Processor processor) throws IOException {
        return copy(memory(), LOG_BYTES, processor);
    }

    @Benchmark
    public int passThroughToFile(Processor processor) throws IOException {
        return copy(Files.newOutputStream(file), LOG_BYTES, processor);
    }

    @Benchmark
    public int literals(Processor processor) throws IOException {
        return copy(new MaskingOutputStream(memory(), masker), LOG_BYTES, processor);
    }

    @Benchmark
    public int allForms(Processor processor) throws IOException {
        return copy(new MaskingOutputStream(memory(), masker), LOG_BYTES, processor);
    }

    @Benchmark
    public int allFormsToFile(Processor processor) throws IOException {
        return copy(new MaskingOutputStream(Files.newOutputStream(file), masker), LOG_BYTES, processor);
    }

    @Benchmark
    public int jenkins(Processor processor) throws IOException {
        return copy(new JenkinsMasking(memory(), regex), sliceBytes(secrets), processor);
    }

    @Benchmark
    public int jenkinsLiterals(Processor processor) throws IOException {
        return copy(new JenkinsMasking(memory(), regex), sliceBytes(secrets), processor);
    }

    @Benchmark
    public long denseAutomaton(Processor processor) throws IOException {
        DenseMasking stream = dense.to(memory());
        copy(stream, LOG_BYTES, processor);
        return stream.found();
    }

    @Benchmark
    public Masker compile(Processor processor) {
        List<SecretValue> values = BuildLog.secrets(secrets, SECRET_BYTES, SEED).stream()
                .map(SecretValue::of)
                .toList();
        processor.begin();
        Masker compiled = Masker.of(values);
        processor.end();
        return compiled;
    }

    private OutputStream memory() {
        memory.reset();
        return memory;
    }

    private int copy(OutputStream stream, int length, Processor processor) throws IOException {
        processor.begin();
        try (stream) {
            for (int at = 0; at < length; at += write) {
                stream.write(log, at, Math.min(write, length - at));
            }
        }
        processor.end();
        return memory.size();
    }

    /** The processor's time that the operations of an iteration took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Processor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        public long nanoseconds;
        public long operations;
        private long begun;

        void begin() {
            begun = THREADS.getCurrentThreadCpuTime();
        }

        void end() {
            nanoseconds += THREADS.getCurrentThreadCpuTime() - begun;
            operations++;
        }
    }
}
