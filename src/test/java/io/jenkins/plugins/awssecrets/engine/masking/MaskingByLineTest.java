package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream that lets the ends of lines through. */
class MaskingByLineTest {
    private static final String SECRET = "a\nbcdefghij-klmnop";

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @Test
    void theEndOfALineComesAtOnceThoughItMayBeginASecret() throws IOException {
        MaskingOutputStream plain = new MaskingOutputStream(sink, masker(SECRET));
        plain.write(bytes("data\n"));
        plain.flush();
        assertThat(out()).isEqualTo("dat");
        sink.reset();

        MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker(SECRET));
        byLine.write(bytes("data\n"));

        assertThat(out()).isEqualTo("data\n");
        assertThat(byLine.isHolding()).isFalse();
    }

    @Test
    void theRestOfASecretThatBeganThereIsMasked() throws IOException {
        MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker(SECRET));
        byLine.write(bytes("a\n"));
        byLine.write(bytes("bcdefghij"));
        byLine.write(bytes("-klmnop and more\n"));

        assertThat(out()).isEqualTo("a\n**** and more\n");
    }

    @Test
    void whatDidNotGoOnIsThereOnce() throws IOException {
        MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker(SECRET));
        byLine.write(bytes("a\n"));
        byLine.flush();
        byLine.write(bytes("bcd"));
        byLine.write(bytes("\na\n"));
        byLine.write(bytes("b"));
        byLine.close();

        assertThat(out()).isEqualTo("a\nbcd\na\nb");
    }

    @Test
    void aLineBreakThatCameAloneIsPassedOnWithWhatWasBeforeIt() throws IOException {
        MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker(SECRET));
        byLine.write(bytes("data"));
        assertThat(out()).isEqualTo("dat");
        byLine.write('\n');

        assertThat(out()).isEqualTo("data\n");
    }

    @Test
    void moreThanAShortEndIsHeldBack() throws IOException {
        MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker("hunter2\nand a second line"));
        byLine.write(bytes("hunt"));
        byLine.flush();
        assertThat(out()).isEmpty();
        byLine.write(bytes("er2\n"));

        assertThat(out()).doesNotContain("hunter");
    }

    @Test
    void aSecretThatIsAddedAfterAnEndWasPassedOnMasksWhatFollowsOnly() throws IOException {
        Masker masker = masker(SECRET);
        MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker);
        byLine.write(bytes("xa\n"));
        masker.add(List.of(SecretValue.of("xa\nb-on")));
        byLine.write(bytes("b-on, xa\n"));
        byLine.write(bytes("b-on"));
        byLine.close();

        assertThat(out()).isEqualTo("xa\nb-on, xa\n****");
    }

    @Test
    void wrappedBase64ThatComesLineByLineShowsNoMoreThanALettersOfTheSecret() throws IOException {
        String secret = "demo-docker-P@ssw0rd";
        for (int before = 0; before < 80; before++) {
            sink.reset();
            byte[] file = bytes("x".repeat(before) + secret + "y".repeat(60));
            MaskingOutputStream byLine = MaskingOutputStream.byLine(sink, masker(secret));
            for (String line :
                    Base64.getMimeEncoder(76, bytes("\n")).encodeToString(file).split("(?<=\n)")) {
                byLine.write(bytes(line));
                byLine.flush();
            }
            byLine.close();

            String clean = Base64.getEncoder().encodeToString(file);
            String core = clean.substring((before + 2) / 3 * 4, (before + secret.length()) / 3 * 4);
            assertThat(out().replace("\n", ""))
                    .as("%s bytes before", before)
                    .doesNotContain(core.substring(3))
                    .contains("****");
        }
    }

    private static Masker masker(String secret) {
        return Masker.of(List.of(SecretValue.of(secret)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String out() {
        return sink.toString(StandardCharsets.UTF_8);
    }
}
