package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a secret stands in a file that is encoded and cut into lines, a line may end anywhere in it. */
class BrokenEncodingTest {
    /** Letters in front of a break. */
    private static final int SHOWN = 3;

    @ParameterizedTest
    @ValueSource(ints = {9, 16, 22, 29, 30, 31, 33, 40, 47, 48, 49, 64})
    void base64IsHiddenWhereverALineEndsInIt(int length) {
        String secret = secret(length);
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));
        for (String before : List.of("password=", "password: ", "PASSWORD = ")) {
            String encoded = Base64.getEncoder()
                    .encodeToString((before + secret + "\nuser=orders\n").getBytes(StandardCharsets.US_ASCII));
            int begin = (before.length() * 4 + 2) / 3;
            int end = (before.length() + length) * 4 / 3;
            requireHidden(masker, encoded, begin, end, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 16, 22, 29, 30, 31, 33, 40, 47, 48, 49, 64})
    void hexIsHiddenWhereverALineEndsInIt(int length) {
        String secret = secret(length);
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));
        String before = "password=";
        String encoded = HexFormat.of().formatHex((before + secret + "\n").getBytes(StandardCharsets.US_ASCII));
        int begin = 2 * before.length();
        requireHidden(masker, encoded, begin, begin + 2 * length, 2);
    }

    private static void requireHidden(Masker masker, String encoded, int begin, int end, int step) {
        String core = encoded.substring(begin, end);
        for (int at = begin + step; at < end; at += step) {
            String log = encoded.substring(0, at) + "\n" + encoded.substring(at) + "\n";
            String masked = masker.mask(log);
            for (int from = 0; from + SHOWN < core.length(); from++) {
                assertThat(masked).as(log).doesNotContain(core.substring(from, from + SHOWN + 1));
            }
        }
    }

    private static String secret(int length) {
        return new String(BuildLog.secrets(1, length, 7).get(0), StandardCharsets.US_ASCII);
    }
}
