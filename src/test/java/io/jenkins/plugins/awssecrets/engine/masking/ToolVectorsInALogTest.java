package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real tools printed, within a log that comes in pieces, is hidden however the log is cut. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolVectorsInALogTest {
    private static final byte[] BEFORE = "2026-11-23T10:15:00Z INFO deploy: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = " [took 3 ms]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE = "next line\n".getBytes(StandardCharsets.US_ASCII);

    /** Many vectors are of the same few secrets. */
    private final Map<SecretValue, Masker> maskers = new HashMap<>();

    @ParameterizedTest
    @MethodSource("vectors")
    void noTwoCutsLetAVectorThrough(ToolVector vector) throws IOException {
        Masker masker = masker(vector);
        for (byte[] log : logs(vector)) {
            byte[] masked = masked(vector, log);
            for (int first = 0; first <= log.length; first++) {
                for (int second = first; second <= log.length; second++) {
                    requireCut(masker, log, first, second, masked);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("toolVectors")
    void noCutLetsAToolVectorThrough(ToolVector vector) throws IOException {
        Masker masker = masker(vector);
        for (byte[] log : logs(vector)) {
            byte[] masked = masked(vector, log);
            for (int cut = 0; cut <= log.length; cut++) {
                requireCut(masker, log, cut, log.length, masked);
            }
        }
    }

    static List<ToolVector> vectors() {
        return ToolVector.read("vectors.tsv");
    }

    static List<ToolVector> toolVectors() {
        return Stream.of("tool-vectors.tsv", "more-tools.tsv", "leaks.tsv", "parts.tsv")
                .flatMap(name -> ToolVector.read(name).stream())
                .toList();
    }

    private Masker masker(ToolVector vector) {
        return maskers.computeIfAbsent(SecretValue.of(vector.secret()), secret -> Masker.of(List.of(secret)));
    }

    private static List<byte[]> logs(ToolVector vector) {
        return List.of(
                join(BEFORE, vector.output(), AFTER, LINE), // within a line
                join(LINE, vector.output(), AFTER, LINE), // at its start
                join(BEFORE, vector.output(), LINE), // at its end
                vector.output());
    }

    private byte[] masked(ToolVector vector, byte[] log) {
        byte[] masked = masker(vector).mask(log);
        if (!ToolVectorsTest.OUT_OF_REACH.containsKey(vector.form())) {
            assertThat(Coverage.latin1(masked)).doesNotContain(Coverage.latin1(vector.leaked()));
        }
        return masked;
    }

    private static void requireCut(Masker masker, byte[] log, int first, int second, byte[] expected)
            throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream(log.length + 4);
        try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
            out.write(log, 0, first);
            out.write(log, first, second - first);
            out.write(log, second, log.length - second);
        }
        // The assertion alone would take most of the time.
        if (!Arrays.equals(sink.toByteArray(), expected)) {
            assertThat(Coverage.latin1(sink.toByteArray()))
                    .as("cut at %d and %d", first, second)
                    .isEqualTo(Coverage.latin1(expected));
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
