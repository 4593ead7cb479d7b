package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long patterns that hold long parts of one another, as the lines, the base64 and the whole of a key do. */
class OverlappingPatternsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whereOnePatternFailsAnotherGoesOn(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = BuildLog.secrets(1, 3_000, seed).get(0);
        List<byte[]> patterns = new ArrayList<>(List.of(whole));
        for (int i = 0; i < 4; i++) {
            byte[] other = BuildLog.secrets(1, 40, seed + 100 + i).get(0);
            patterns.add(joined(part(whole, random), other));
            patterns.add(joined(other, part(whole, random)));
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            byte[] pattern = patterns.get(random.nextInt(patterns.size()));
            text.writeBytes(random.nextBoolean() ? pattern : part(pattern, random));
        }

        byte[] expected = new NaiveMasking(patterns).mask(text.toByteArray());

        assertThat(masked(patterns, text.toByteArray(), random)).isEqualTo(expected);
    }

    private static byte[] masked(List<byte[]> patterns, byte[] text, Random random) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (MaskingOutputStream out = new MaskingOutputStream(sink, MaskingPropertyTest.maskerOf(patterns))) {
            for (int at = 0, end; at < text.length; at = end) {
                end = Math.min(text.length, at + 1 + random.nextInt(200));
                out.write(text, at, end - at);
            }
        }
        return sink.toByteArray();
    }

    private static byte[] part(byte[] of, Random random) {
        int from = random.nextInt(of.length / 2);
        return Arrays.copyOfRange(of, from, from + of.length / 2);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
