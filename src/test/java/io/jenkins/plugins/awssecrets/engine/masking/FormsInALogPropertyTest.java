package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Random secrets, each of their derived forms, in logs that come in random pieces. */
class FormsInALogPropertyTest {
    private static final int FORMS_A_SECRET = 20;

    @Property(tries = 150)
    void noFormSurvivesAnyCut(@ForAll("secrets") String secret, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));
        List<byte[]> forms = new ArrayList<>(SecretForms.derive(SecretValue.of(secret)));
        for (int i = 0; i < FORMS_A_SECRET; i++) {
            byte[] form = forms.get(random.nextInt(forms.size()));
            byte[] log = join(new BuildLog(seed + i).line(), form, " and ".getBytes(StandardCharsets.US_ASCII), form);
            String masked = Coverage.latin1(through(masker, log, random));

            assertThat(forms).noneMatch(each -> masked.contains(Coverage.latin1(each)));
            assertThat(masker.mask(masked.getBytes(StandardCharsets.ISO_8859_1)))
                    .isEqualTo(masked.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Property(tries = 50)
    void aLogWithoutTheSecretIsUnchanged(@ForAll("secrets") String secret, @ForAll long seed) throws IOException {
        Masker masker = Masker.of(List.of(SecretValue.of(secret)));
        byte[] log = new BuildLog(seed).bytes(64 * 1024);

        assertThat(through(masker, log, new Random(seed))).isEqualTo(log);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.oneOf(
                        sized(Arbitraries.strings().withCharRange(' ', '~')),
                        sized(Arbitraries.strings().withCharRange(' ', '~').withChars("äé€密\n\t'\"\\$")),
                        sized(Arbitraries.strings().alpha().numeric()))
                // Stars are StarCoreTest's; blanks at the ends are no part of a form.
                .map(text -> "7Q" + text.replace('*', '+') + "z9");
    }

    private static Arbitrary<String> sized(StringArbitrary strings) {
        return strings.ofMinLength(4).ofMaxLength(60);
    }

    private static byte[] through(Masker masker, byte[] log, Random random) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (MaskingOutputStream out = new MaskingOutputStream(sink, masker)) {
            for (int at = 0, end; at < log.length; at = end) {
                end = Math.min(log.length, at + 1 + random.nextInt(random.nextBoolean() ? 5 : 80));
                out.write(log, at, end - at);
                if (random.nextInt(4) == 0) {
                    out.flush();
                }
            }
        }
        return sink.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
