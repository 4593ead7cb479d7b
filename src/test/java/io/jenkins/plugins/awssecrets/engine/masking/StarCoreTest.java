package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.search.StarCore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarCoreTest {

    @ParameterizedTest
    @CsvSource({
        "*hunter2, hunter2",
        "hunter2*, hunter2",
        "**hunter2***, hunter2",
        "ab****hunter2, hunter2",
        "*a*b***c*, a*b***c",
    })
    void theCoreIsTheLongestPartThatCanNotTouchAMask(String form, String core) {
        assertThat(StarCore.of(bytes(form))).hasValue(bytes(core));
    }

    @ParameterizedTest
    @CsvSource({"hunter2", "hun*ter2", "h***2", "*ab*", "a*****b", "abc****def****ghi"})
    void aFormThatCanNotTouchAMaskOrHasTooLittleElseHasNone(String form) {
        assertThat(StarCore.of(bytes(form))).isEmpty();
    }

    @Test
    void aMaskBesideTextDoesNotCompleteASecret() {
        Masker masker = masker("foo", "*hunter2");

        assertThat(masker.mask("foohunter2")).isEqualTo("****");
        assertThat(masker.mask("hunter2 *hunter2")).isEqualTo("**** ****");
    }

    @Property
    void maskingTwiceIsMaskingOnce(@ForAll("starred") List<String> secrets, @ForAll("text") String text) {
        Masker masker = masker(secrets.toArray(String[]::new));
        String once = masker.mask(text);

        assertThat(masker.mask(once)).isEqualTo(once);
    }

    /** Secrets with a core of at least half their length, in an alphabet that makes them meet masks. */
    @Provide
    Arbitrary<List<String>> starred() {
        Arbitrary<String> stars = Arbitraries.strings().withChars('*').ofMaxLength(2);
        Arbitrary<String> core =
                Arbitraries.strings().withChars('a', 'b').ofMinLength(4).ofMaxLength(6);
        return Combinators.combine(stars, core, stars)
                .as((before, middle, after) -> before + middle + after)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars('a', 'b', '*').ofMaxLength(60);
    }

    private static Masker masker(String... secrets) {
        return new Masker(
                value -> List.of(value.bytes()),
                Stream.of(secrets).map(SecretValue::of).toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
