package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The stream against {@link NaiveMasking}, over patterns and texts made to collide. */
class MaskingPropertyTest {

    /** Patterns, a text made of random bytes and of whole and broken patterns, and how to cut it. */
    record Case(List<byte[]> patterns, byte[] text, long seed) {
        @Override
        public String toString() {
            return patterns.stream()
                            .map(each -> new String(each, StandardCharsets.ISO_8859_1))
                            .toList()
                    + " in " + new String(text, StandardCharsets.ISO_8859_1) + " cut by " + seed;
        }

        Masker masker() {
            return maskerOf(patterns);
        }

        List<byte[]> pieces() {
            Random random = new Random(seed);
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0, end; at < text.length; at = end) {
                end = Math.min(text.length, at + random.nextInt(random.nextBoolean() ? 4 : 60));
                pieces.add(Arrays.copyOfRange(text, at, end));
            }
            return pieces;
        }
    }

    static Masker maskerOf(List<byte[]> patterns) {
        return new Masker(
                value -> List.of(value.bytes()),
                patterns.stream().map(SecretValue::of).toList());
    }

    @Property
    void anyCutGivesWhatTheNaiveWayGives(@ForAll("cases") Case input) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (MaskingOutputStream stream = new MaskingOutputStream(sink, input.masker())) {
            for (byte[] piece : input.pieces()) {
                stream.write(piece);
            }
        }

        assertThat(sink.toByteArray()).isEqualTo(new NaiveMasking(input.patterns()).mask(input.text()));
    }

    @Property
    void afterEachFlushExactlyWhatIsDecidedIsOut(@ForAll("cases") Case input) throws IOException {
        NaiveMasking naive = new NaiveMasking(input.patterns());
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        MaskingOutputStream stream = new MaskingOutputStream(sink, input.masker());
        ByteArrayOutputStream soFar = new ByteArrayOutputStream();
        for (byte[] piece : input.pieces()) {
            stream.write(piece);
            stream.flush();
            soFar.writeBytes(piece);

            assertThat(sink.toByteArray()).isEqualTo(naive.maskDecided(soFar.toByteArray()));
        }
    }

    @Property
    void maskingTwiceIsMaskingOnce(@ForAll("cases") Case input) {
        Masker masker = input.masker();
        byte[] once = masker.mask(input.text());

        assertThat(masker.mask(once)).isEqualTo(once);
    }

    @Property
    void textWithoutAPatternIsUnchanged(@ForAll("cases") Case input) {
        NaiveMasking naive = new NaiveMasking(input.patterns());
        byte[] clean = input.text();
        for (byte[] masked = naive.mask(clean); !Arrays.equals(masked, clean); masked = naive.mask(clean)) {
            clean = masked;
        }

        assertThat(input.masker().mask(clean)).isEqualTo(clean);
    }

    @Property
    void aSecretAddedInTheMiddleCountsFromThereOnAndInWhatIsHeldBack(@ForAll("cases") Case input) throws IOException {
        int half = input.patterns().size() / 2;
        List<byte[]> early = input.patterns().subList(0, half);
        List<byte[]> pieces = input.pieces();
        byte[] before = join(pieces.subList(0, pieces.size() / 2));
        Masker masker = maskerOf(early);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (MaskingOutputStream stream = new MaskingOutputStream(sink, masker)) {
            for (byte[] piece : pieces.subList(0, pieces.size() / 2)) {
                stream.write(piece);
            }
            masker.add(input.patterns().subList(half, input.patterns().size()).stream()
                    .map(SecretValue::of)
                    .toList());
            for (byte[] piece : pieces.subList(pieces.size() / 2, pieces.size())) {
                stream.write(piece);
            }
        }

        int decided = before.length - new NaiveMasking(early).undecided(before);
        assertThat(sink.toByteArray()).isEqualTo(new NaiveMasking(early).mask(input.text(), decided, input.patterns()));
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.of("ab", "abc", "aab", "abcdefgh", "ab\n", "abcdefghijklmnopqrstuvwxyzABCDEF0123456789+/=")
                .flatMap(alphabet -> patterns(alphabet)
                        .flatMap(patterns -> Combinators.combine(texts(alphabet, patterns), Arbitraries.longs())
                                .as((text, seed) -> new Case(patterns, text, seed))));
    }

    private static Arbitrary<List<byte[]>> patterns(String alphabet) {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(3, 7)),
                Tuple.of(3, Arbitraries.integers().between(8, 20)),
                Tuple.of(1, Arbitraries.integers().between(20, 200)));
        Arbitrary<byte[]> random = lengths.flatMap(length ->
                        Arbitraries.strings().withChars(alphabet.toCharArray()).ofLength(length))
                .map(MaskingPropertyTest::bytes);
        Arbitrary<byte[]> periodic = Combinators.combine(
                        Arbitraries.strings()
                                .withChars(alphabet.toCharArray())
                                .ofMinLength(1)
                                .ofMaxLength(3),
                        Arbitraries.integers().between(3, 40))
                .as((unit, times) -> bytes(unit.repeat(times)));
        return Arbitraries.frequencyOf(Tuple.of(4, random), Tuple.of(1, periodic))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(MaskingPropertyTest::withNested);
    }

    /** The patterns and, of each second, a part, so that some begin, end or lie within others. */
    private static List<byte[]> withNested(List<byte[]> patterns) {
        List<byte[]> all = new ArrayList<>(patterns);
        for (int i = 0; i < patterns.size(); i += 2) {
            byte[] pattern = patterns.get(i);
            int from = pattern.length / (2 + i);
            byte[] part = Arrays.copyOfRange(pattern, i % 4 == 0 ? 0 : from, pattern.length - (i % 3 == 0 ? from : 0));
            if (part.length >= 3) {
                all.add(part);
            }
        }
        return all;
    }

    private static Arbitrary<byte[]> texts(String alphabet, List<byte[]> patterns) {
        Arbitrary<byte[]> noise = Arbitraries.strings()
                .withChars(alphabet.toCharArray())
                .ofMaxLength(30)
                .map(MaskingPropertyTest::bytes);
        Arbitrary<byte[]> whole = Arbitraries.of(patterns);
        Arbitrary<byte[]> broken = Combinators.combine(
                        whole, Arbitraries.integers().between(0, 200))
                .as((pattern, cut) -> Arrays.copyOf(pattern, cut % pattern.length));
        return Arbitraries.oneOf(List.of(noise, whole, broken))
                .list()
                .ofMaxSize(12)
                .map(MaskingPropertyTest::join);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
