package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One log through one stream. An operation is the whole log, but for {@link #jenkins} and {@link #jenkinsLiterals} a
 * slice of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskingBenchmark {
    static final int LOG_BYTES = 64 << 20;
    static final int SECRET_BYTES = 32;
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
    private Masker literals;
    private Masker allForms;
    private Pattern regex;
    private Pattern regexOfLiterals;
    private DenseMasking dense;
    private ByteArrayOutputStream memory;
    private Path file;

    @Setup
    public void prepare() throws IOException {
        List<byte[]> values = BuildLog.secrets(secrets, SECRET_BYTES, SEED);
        List<SecretValue> secretValues = values.stream().map(SecretValue::of).toList();
        BuildLog lines = new BuildLog(SEED);
        log = switch (text) {
            case none -> lines.bytes(LOG_BYTES);
            case each1000 -> lines.bytes(LOG_BYTES, 1000, values);
            case each10 -> lines.bytes(LOG_BYTES, 10, values);
            case each1 -> lines.bytes(LOG_BYTES, 1, values);
            case nearMatches -> nearMatches(secretValues);
        };
        literals = new Masker(value -> List.of(value.bytes()), secretValues);
        allForms = Masker.of(secretValues);
        regex = JenkinsMasking.pattern(values);
        regexOfLiterals = JenkinsMasking.literals(values);
        dense = DenseMasking.of(values);
        memory = new ByteArrayOutputStream(LOG_BYTES + (1 << 20));
        file = Files.createTempFile("masking", ".log");
    }

    /** Each form of each secret without its last byte, one behind the other. */
    private static byte[] nearMatches(List<SecretValue> secrets) {
        ByteArrayOutputStream near = new ByteArrayOutputStream(LOG_BYTES + (1 << 20));
        List<byte[]> forms = secrets.stream()
                .flatMap(secret -> SecretForms.derive(secret).stream())
                .toList();
        for (int i = 0; near.size() < LOG_BYTES; i = (i + 1) % forms.size()) {
            near.write(forms.get(i), 0, forms.get(i).length - 1);
        }
        return Arrays.copyOf(near.toByteArray(), LOG_BYTES);
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
    public int passThroughToMemory() throws IOException {
        return copy(memory(), LOG_BYTES);
    }

    @Benchmark
    public int passThroughToFile() throws IOException {
        return copy(Files.newOutputStream(file), LOG_BYTES);
    }

    @Benchmark
    public int literals() throws IOException {
        return copy(new MaskingOutputStream(memory(), literals), LOG_BYTES);
    }

    @Benchmark
    public int allForms() throws IOException {
        return copy(new MaskingOutputStream(memory(), allForms), LOG_BYTES);
    }

    @Benchmark
    public int allFormsToFile() throws IOException {
        return copy(new MaskingOutputStream(Files.newOutputStream(file), allForms), LOG_BYTES);
    }

    @Benchmark
    public int jenkins() throws IOException {
        return copy(new JenkinsMasking(memory(), regex), sliceBytes(secrets));
    }

    @Benchmark
    public int jenkinsLiterals() throws IOException {
        return copy(new JenkinsMasking(memory(), regexOfLiterals), sliceBytes(secrets));
    }

    @Benchmark
    public long denseAutomaton() throws IOException {
        DenseMasking stream = dense.to(memory());
        copy(stream, LOG_BYTES);
        return stream.found();
    }

    @Benchmark
    public Masker compile() {
        return Masker.of(BuildLog.secrets(secrets, SECRET_BYTES, SEED).stream()
                .map(SecretValue::of)
                .toList());
    }

    private OutputStream memory() {
        memory.reset();
        return memory;
    }

    private int copy(OutputStream stream, int length) throws IOException {
        try (stream) {
            for (int at = 0; at < length; at += write) {
                stream.write(log, at, Math.min(write, length - at));
            }
        }
        return memory.size();
    }
}
