package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What comes out for what goes in, and when. */
class MaskingOutputStreamTest {
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @Nested
    class WhatIsMasked {
        @Test
        void aSecretIsReplacedAndTheRestStays() throws IOException {
            assertThat(through("login hunter2, done\n", "hunter2")).isEqualTo("login ****, done\n");
        }

        @Test
        void overlappingMatchesBecomeOneMask() throws IOException {
            assertThat(through("<abcdefg>", "abcde", "cdefg")).isEqualTo("<****>");
        }

        @Test
        void touchingMatchesBecomeOneMask() throws IOException {
            assertThat(through("<abcxyzabc>", "abc", "xyz")).isEqualTo("<****>");
        }

        @Test
        void aMatchWithinALongerOneThatFailsIsStillMasked() throws IOException {
            assertThat(through("start-secret-en", "secret", "start-secret-end")).isEqualTo("start-****-en");
        }

        @Test
        void theLongestOfSeveralMatchesThatBeginTogetherCounts() throws IOException {
            assertThat(through("abcdefgh", "abc", "abcdef")).isEqualTo("****gh");
        }

        @Test
        void aMatchMaySpanLines() throws IOException {
            assertThat(through("key:\r\nline1\r\nline2\r\nend", "line1\r\nline2"))
                    .isEqualTo("key:\r\n****\r\nend");
        }

        @Test
        void bytesThatAreNoTextGoThrough() throws IOException {
            byte[] all = new byte[1024];
            IntStream.range(0, all.length).forEach(i -> all[i] = (byte) (i * 7));
            try (MaskingOutputStream out = stream("hunter2")) {
                out.write(all);
            }

            assertThat(sink.toByteArray()).isEqualTo(all);
        }

        @Test
        void aLongWriteIsMaskedWhereItsPiecesMeet() throws IOException {
            String filler = "x".repeat(32 * 1024 - 3);

            assertThat(through(filler + "hunter2" + filler, "hunter2")).isEqualTo(filler + "****" + filler);
        }

        @Test
        void withoutSecretsNothingChanges() throws IOException {
            assertThat(through("nothing to hide\n")).isEqualTo("nothing to hide\n");
        }
    }

    @Nested
    class WhatIsHeldBack {
        @Test
        void aPromptWithoutNewlineAppearsAtOnce() throws IOException {
            stream("hunter2").write(bytes("Password: "));

            assertThat(out()).isEqualTo("Password: ");
        }

        @Test
        void onlyTheBeginOfASecretWaits() throws IOException {
            stream("hunter2").write(bytes("user=hunt"));

            assertThat(out()).isEqualTo("user=");
        }

        @Test
        void flushDoesNotGiveABegunSecretOut() throws IOException {
            MaskingOutputStream out = stream("hunter2");
            out.write(bytes("user=hunt"));
            out.flush();
            out.write(bytes("er2!"));

            assertThat(out()).isEqualTo("user=****!");
        }

        @Test
        void whatTurnsOutHarmlessIsGivenOutWithTheNextWrite() throws IOException {
            MaskingOutputStream out = stream("hunter2");
            out.write(bytes("hunt"));
            out.write(bytes("s"));

            assertThat(out()).isEqualTo("hunts");
        }

        @Test
        void aMaskAppearsAsSoonAsItsMatchIsComplete() throws IOException {
            MaskingOutputStream out = stream("hunter2", "hunter2-and-more");
            out.write(bytes("hunter2"));

            assertThat(out()).isEqualTo("****");
        }

        @Test
        void aLongerMatchAfterTheMaskAddsNoSecondOne() throws IOException {
            MaskingOutputStream out = stream("hunter2", "hunter2-and-more");
            out.write(bytes("hunter2"));
            out.flush();
            out.write(bytes("-and-more!"));

            assertThat(out()).isEqualTo("****!");
        }

        @Test
        void touchingMatchesOfTwoWritesAreOneMask() throws IOException {
            MaskingOutputStream out = stream("hunter2");
            out.write(bytes("hunter2"));
            out.flush();
            out.write(bytes("hunter2"));
            out.flush();
            out.write(bytes(" hunter2"));

            assertThat(out()).isEqualTo("**** ****");
        }

        @Test
        void theEndOfTheStreamGivesOutWhatWaited() throws IOException {
            assertThat(through("user=hunt", "hunter2")).isEqualTo("user=hunt");
        }

        @Test
        void theEndOfTheStreamMasksWhatMatchesInWhatWaited() throws IOException {
            assertThat(through("a hunter2-and", "hunter2", "a hunter2-and-more"))
                    .isEqualTo("a ****-and");
        }

        @Test
        void notAByteMoreThanTheLongestBeginWaits() throws IOException {
            MaskingOutputStream out = stream("aaaaaaab");
            out.write(bytes("a".repeat(100)));

            assertThat(out()).isEqualTo("a".repeat(93));
        }
    }

    @Nested
    class HowItIsCut {
        private static final String TEXT = "a hunter2, two hunter2hunter2 and hunter\nhunter2-and-more hunter2-and";
        private static final String MASKED = "a ****, two **** and hunter\n**** ****-and";

        private final Masker masker = masker("hunter2", "hunter2-and-more", "r2hu");

        @Test
        void anyCutInTwoGivesTheSame() throws IOException {
            for (int cut = 0; cut <= TEXT.length(); cut++) {
                assertThat(cutAt(cut, TEXT.length())).as("cut at %d", cut).isEqualTo(MASKED);
            }
        }

        @Test
        void anyCutInThreeGivesTheSame() throws IOException {
            for (int first = 0; first <= TEXT.length(); first++) {
                for (int second = first; second <= TEXT.length(); second++) {
                    assertThat(cutAt(first, second))
                            .as("cut at %d and %d", first, second)
                            .isEqualTo(MASKED);
                }
            }
        }

        @Test
        void singleBytesGiveTheSame() throws IOException {
            try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
                for (byte each : bytes(TEXT)) {
                    out.write(each);
                }
            }

            assertThat(out()).isEqualTo(MASKED);
        }

        private String cutAt(int first, int second) throws IOException {
            sink.reset();
            byte[] text = bytes(TEXT);
            try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
                out.write(text, 0, first);
                out.flush();
                out.write(text, first, second - first);
                out.write(text, second, text.length - second);
            }
            return out();
        }
    }

    private MaskingOutputStream stream(String... secrets) {
        return new MaskingOutputStream(sink, masker(secrets));
    }

    private String through(String text, String... secrets) throws IOException {
        try (MaskingOutputStream out = stream(secrets)) {
            out.write(bytes(text));
        }
        return out();
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
