package io.jenkins.plugins.awssecrets.engine.masking;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real tools printed is hidden. The tools are not needed: their output is in the files. */
@TestInstance(Lifecycle.PER_CLASS)
class ToolVectorsTest {
    /** Quotes at an end, the last character of base64 that shares its bits with a neighbour, a line break. */
    private static final int HARMLESS = 3;

    /** A line break at the end of the secret, escaped. */
    private static final int HARMLESS_LINE_BREAK = 12;

    /** Survives. */
    static final Map<String, String> OUT_OF_REACH = Map.of(
            "node.jsyaml:unit.hex-bytes", "a no-break space escaped beside a soft hyphen that is not",
            "parallel-like:rdsjson", "a message, no part of the secret");

    /** Is hidden in part. */
    private static final Map<String, String> IN_PART = Map.ofEntries(
            entry("hex.xxd-dump", "offsets and a text column between the bytes"),
            entry("hex.hexdump-C", "offsets and a text column between the bytes"),
            entry("perl.qp:token100", "plain text with line breaks inside"),
            entry("perl.qp:json", "quoted-printable of JSON, with line breaks inside"),
            entry("php-cmd:runs", "which quotes are escaped depends on the number of quotes before"),
            entry("php-cmd:json", "which quotes are escaped depends on the number of quotes before"),
            entry("go.xml:tabesc.hex-bytes", "control characters replaced, which XML 1.0 does not have"));

    /** One secret has many vectors. */
    private final Map<SecretValue, Masker> maskers = new HashMap<>();

    /** What leaked before letters were looked for over the layout of a text, or is hidden in part. */
    @ParameterizedTest
    @MethodSource("leaks")
    void whatToolsWrapQuoteOrColourDoesNotSurvive(ToolVector vector) {
        assumeFalse(OUT_OF_REACH.containsKey(vector.form()), () -> OUT_OF_REACH.get(vector.form()));
        Masker masker = maskers.computeIfAbsent(SecretValue.of(vector.secret()), secret -> Masker.of(List.of(secret)));

        assertThat(Coverage.latin1(masker.mask(vector.output()))).doesNotContain(Coverage.latin1(vector.leaked()));
    }

    static Stream<ToolVector> leaks() {
        return Stream.of("leaks.tsv", "parts.tsv").flatMap(name -> ToolVector.read(name).stream());
    }

    static Stream<ToolVector> vectors() {
        return Stream.of("vectors.tsv", "tool-vectors.tsv", "more-tools.tsv")
                .flatMap(name -> ToolVector.read(name).stream());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatAToolPrintedDoesNotSurvive(ToolVector vector) {
        assumeFalse(OUT_OF_REACH.containsKey(vector.form()), () -> OUT_OF_REACH.get(vector.form()));
        Masker masker = maskers.computeIfAbsent(SecretValue.of(vector.secret()), secret -> Masker.of(List.of(secret)));
        String masked = Coverage.latin1(masker.mask(vector.output()));

        assertThat(masked).doesNotContain(Coverage.latin1(vector.leaked()));
        Coverage coverage = new Coverage(masker, vector.output());
        if (!vector.isWrapped() && !IN_PART.containsKey(vector.form())) {
            assertThat(coverage.longestSurvivor(vector.leaked()))
                    .as(coverage.masked())
                    .isLessThanOrEqualTo(harmless(vector));
        }
    }

    private static int harmless(ToolVector vector) {
        return vector.endsInLineBreak() ? HARMLESS_LINE_BREAK : HARMLESS;
    }
}
