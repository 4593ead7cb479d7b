package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A write may end within what looks like an escape, whose letters are those of a secret after all. */
class UnfinishedEscapeTest {
    private static final String SECRET = "a\\nb\\tc\\\\d\\x41\\u0041\\101";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "step: a\\nb\\tc\\dAAAanbtcdx41u0041101\necho ",
                "C:\\anbtcdx41u0041101\n",
                "<anbtcdx41u0041101> &anbtcdx41u0041101 \n"
            })
    void whereTheLogIsCutMakesNoDifference(String text) throws IOException {
        Masker masker = Masker.of(List.of(SecretValue.of(SECRET)));
        byte[] log = text.getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= log.length; cut++) {
            assertThat(masked(masker, log, cut))
                    .as("cut at %d", cut)
                    .isEqualTo(masker.mask(text))
                    .doesNotContain("anbtcdx41u0041101");
        }
    }

    /** What cannot be read yet may be held back for more than one write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\Xp7&d\\N\"k3\\m\\T$w9\\Hb5\\R",
                "%58p7&d&#78;\"k3<b>mT$w9</b>Hb5R\n",
                "a \u001b[1mXp7&dN=22k3=\nmT$w9Hb5\u001b[0mR"
            })
    void whereItIsCutTwiceMakesNoDifference(String text) throws IOException {
        Masker masker = Masker.of(List.of(SecretValue.of("Xp7&dN\"k3\\mT$w9Hb5R")));
        byte[] log = text.getBytes(StandardCharsets.US_ASCII);
        for (int first = 0; first <= log.length; first++) {
            for (int second = first; second <= log.length; second++) {
                assertThat(masked(masker, log, first, second))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(masker.mask(text))
                        .contains("****");
            }
        }
    }

    /** The end of a write is a lone character with which an escape or a tag may begin, and none of the secret before. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '\t',
            value = {
                "`{-6)\\1Kbl}HbKB?t%w`\t`x=\"{ - 6) \\ 1Kbl} HbKB? t% w\" ok`",
                "`hD:\\<JLx]n$B ^[aYrdr,1i:&cB`\t`x=\"hD: \\ < JLx] n$ B  ^ [ aYrdr, 1i: & cB\" ok`",
                "`<p;wvGzhGT#>MIODSwr`\t`x=\"<p\\;wvGzhGT\\#\\>MIODSwr`",
                "`1gT\"! 0o<f6G|ZX#&naG#]A;VpQ[2$2`\t`x=\"1gT\"! 0o<f6G|ZX&naG#A;VpQ[2$2\" ok`",
                "`Xp7&dN\"k3\\mT$w9Hb5R`\t`is %58%70%37%26%64%4E%22%6B3\\mT$w9Hb5R`",
                "`wmV33WcotFKG51zLMjnQn3NjB0s5kdnU`\t`x=\"w<span class=\"k\">m</span><span class=\"k\">V</span>33W"
                        + "<span class=\"k\">c</span>otFKG51zL<span class=\"k\">M</span>jnQn3NjB0s5kdnU`",
                "`wmV33WcotFKG51zLMjnQn3NjB0s5kdnU`\t`echo <span class=\"k\">w</span><span class=\"k\">m</span>V33W"
                        + "<span class=\"k\">c</span>otFKG51zL<span class=\"k\">M</span>jnQn3NjB0s5kdnU`",
                "`Xp7&dN\"k3\\mT$w9Hb5R`\t`is <b>X</b>p7&amp;<b>d</b>N&quot;k3&#109;T$w9Hb5R`"
            })
    void aWriteThatEndsWithinMarkupMakesNoDifference(String secret, String log) throws IOException {
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));
        byte[] bytes = (log + "\n").getBytes(StandardCharsets.US_ASCII);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                ByteArrayOutputStream sink = new ByteArrayOutputStream();
                try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
                    out.write(bytes, 0, first);
                    out.write(bytes, first, second - first);
                    out.write(bytes, second, bytes.length - second);
                }

                assertThat(sink.toString(StandardCharsets.US_ASCII))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(masker.mask(log + "\n"))
                        .contains("****");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-1  | ", "web | ", "  12 | ", "#7 0.312 ", "[INFO] ", "10:15:00.123 "})
    void aLogThatIsCutInFrontOfALineMakesNoDifference(String prefix) throws IOException {
        String secret = "sD9kQ27xLmPz4RtVb8YcNfGh3JwKa5Ue";
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));
        String text = prefix + "is " + secret.substring(0, 22) + "\n" + prefix + secret.substring(22) + "\n";
        byte[] log = text.getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= log.length; cut++) {
            assertThat(masked(masker, log, cut))
                    .as("cut at %d", cut)
                    .isEqualTo(prefix + "is ****\n" + prefix + "****\n");
        }
    }

    /** Each letter of the secret stands in front of a line break here, so that only its letters are found. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001b[3 ", "\u001b[31; ", "\\033[3 ", "\\e[1 "})
    void aSequenceThatIsCutOffTakesNoLetterOfASecret(String sequence) {
        String secret = "sD9kQ27xLmPz4RtVb8YcNfGh3JwKa5Ue";
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));

        String masked = masker.mask("log " + sequence + secret.substring(0, 24) + "\n  " + secret.substring(24) + "\n");

        assertThat(masked).isEqualTo("log " + sequence + "****\n  ****\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[3 q", "\u001b[1;34m", "\u001b[?25l", "\u001b[K"})
    void aWholeSequenceWithinASecretIsPartOfTheMask(String sequence) {
        String secret = "sD9kQ27xLmPz4RtVb8YcNfGh3JwKa5Ue";
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));

        assertThat(masker.mask("is " + secret.substring(0, 6) + sequence + secret.substring(6) + "\n"))
                .isEqualTo("is ****\n");
    }

    /** A log in writes that end at some places, and at its end. */
    private static String masked(Masker masker, byte[] log, int... cuts) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
            int from = 0;
            for (int cut : cuts) {
                out.write(log, from, cut - from);
                from = cut;
            }
            out.write(log, from, log.length - from);
        }
        return sink.toString(StandardCharsets.US_ASCII);
    }
}
