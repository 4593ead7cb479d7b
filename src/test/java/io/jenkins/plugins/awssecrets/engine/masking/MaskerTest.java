package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskerTest {
    private static final SecretValue SECRET = SecretValue.of("corr3ct-h0rse");

    private final Masker masker = Masker.of(List.of(SECRET));

    @Test
    void formsAreMaskedAsWellAsTheSecret() {
        String encoded =
                Base64.getEncoder().encodeToString(("admin:" + SECRET.reveal()).getBytes(StandardCharsets.UTF_8));

        assertThat(masker.mask("curl -u corr3ct-h0rse -H 'Authorization: Basic " + encoded + "'"))
                .startsWith("curl -u **** -H 'Authorization: Basic ")
                .contains("****'")
                .doesNotContain(encoded.substring(12));
    }

    @Test
    void textWithoutASecretIsTheSameObject() {
        String text = "nothing \ud800 here";

        assertThat(masker.mask(text)).isSameAs(text);
    }

    @Test
    void textOutsideAsciiStays() {
        assertThat(masker.mask("schön: corr3ct-h0rse 🔑")).isEqualTo("schön: **** 🔑");
    }

    @Test
    void bytesAreNotChangedInPlace() {
        byte[] bytes = SECRET.bytes();

        assertThat(masker.mask(bytes)).isEqualTo("****".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes).isEqualTo(SECRET.bytes());
    }

    @ParameterizedTest
    @CsvSource({"'', false", "ab, false", "***, false", "*******, false", "abc, true", "*a*, true"})
    void tooShortOrStarsOnlyIsNotMaskable(String value, boolean maskable) {
        assertThat(Masker.maskable(SecretValue.of(value))).isEqualTo(maskable);
    }

    @Test
    void whatIsNotMaskableIsLeftAlone() {
        Masker lenient = Masker.of(List.of(SecretValue.of("ab"), SecretValue.of("****"), SECRET));

        assertThat(lenient.mask("ab **** corr3ct-h0rse")).isEqualTo("ab **** ****");
    }

    @Test
    void knownSecretsDoNotCompileItAnew() {
        Matcher before = masker.matcher();
        masker.add(List.of(SECRET));

        assertThat(masker.matcher()).isSameAs(before);
    }

    @Test
    void itDoesNotPrintWhatItKnows() {
        assertThat(masker.toString()).matches("Masker\\[\\d+ patterns]");
    }

    @Test
    void itIsNotSerialisable() throws IOException {
        ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());

        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> out.writeObject(masker));
    }

    @Test
    void aSecretOfManyKilobytesIsMaskedWholeThoughMatchedInPieces() {
        String large = BuildLogText.of(100_000);
        Masker literal = new Masker(value -> List.of(value.bytes()), List.of(SecretValue.of(large)));

        assertThat(literal.mask("<" + large + ">")).isEqualTo("<****>");
        assertThat(literal.mask(large.substring(50_000))).doesNotContain(large.substring(60_000, 90_000));
    }

    /** Text of which no part occurs twice. */
    private static final class BuildLogText {
        static String of(int length) {
            return new String(new BuildLog(7).bytes(length), StandardCharsets.US_ASCII);
        }
    }
}
