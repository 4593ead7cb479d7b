package io.jenkins.plugins.awssecrets.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.source.Minting;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** References of values that are stored: those of what is made have a text for people. */
class ReferencePropertyTest {
    @Property
    void theTextOfAReferenceParsesToIt(@ForAll("references") Reference reference) {
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
    }

    @Property
    void theTextOfAReferenceIsAUri(@ForAll("references") Reference reference) {
        assertThat(reference.toString()).matches("[\\x21-\\x7e]+").doesNotContain("\"", "<", ">", "\\", "^", "`");
    }

    @Property
    void anyTextIsAReferenceOrRefusedAtAPositionInsideOfItOrAtItsEnd(@ForAll("texts") String text) {
        try {
            assertThat(Reference.parse(text).source()).isNotEmpty();
        } catch (MalformedReferenceException e) {
            assertThat(e.position()).isBetween(1, text.length() + 1);
        }
    }

    @Provide
    Arbitrary<Reference> references() {
        Arbitrary<String> source = Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(5)
                .flatMap(first -> Arbitraries.strings()
                        .withChars("abcXYZ0189+-.")
                        .ofMaxLength(5)
                        .map(rest -> first + rest));
        return Combinators.combine(
                        source, printable(), printable().optional(), printable().optional())
                .as(Reference::new)
                .filter(r -> r.field().filter(f -> f.startsWith("/")).isEmpty())
                .filter(r -> !Minting.isName(r.name()));
    }

    /** Text without control characters and lone surrogates, with the characters that mean something made likely. */
    private static Arbitrary<String> printable() {
        return Arbitraries.strings()
                .withChars("ab/:?#%&=~ +é€\uD7FF")
                .withCharRange(' ', '~')
                .ofMinLength(1)
                .ofMaxLength(20)
                .flatMap(text -> Arbitraries.of("", "\uD83D\uDD11").map(key -> text + key));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("sm:/?#%&=~09aF version\n\u0000é")
                .ofMaxLength(30);
    }
}
