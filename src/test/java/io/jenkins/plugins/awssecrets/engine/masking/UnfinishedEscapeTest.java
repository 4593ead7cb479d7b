package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
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
            ByteArrayOutputStream sink = new ByteArrayOutputStream();
            try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
                out.write(log, 0, cut);
                out.write(log, cut, log.length - cut);
            }

            assertThat(sink.toString(StandardCharsets.US_ASCII))
                    .as("cut at %d", cut)
                    .isEqualTo(masker.mask(text))
                    .doesNotContain("anbtcdx41u0041101");
        }
    }
}
