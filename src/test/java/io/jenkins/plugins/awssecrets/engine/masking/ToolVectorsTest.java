package io.jenkins.plugins.awssecrets.engine.masking;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Collection;
import java.util.HashMap;
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

    /** What is shorter than a piece of wrapped base64, at an end of the secret: 12 bytes of it, and the line break. */
    private static final int HARMLESS_OF_WRAPPED = 18;

    static final Map<String, String> OUT_OF_REACH = Map.ofEntries(
            entry("hex.xxd-dump", "offsets and a text column between the bytes"),
            entry("hex.hexdump-C", "offsets and a text column between the bytes"),
            entry("truncated.cut-20", "a part of a secret"),
            entry("case.upper", "letters changed"),
            entry("case.lower", "letters changed"),
            entry("perl.qp:token100", "plain text with line breaks inside"),
            entry("perl.qp:json", "quoted-printable of JSON, with line breaks inside"),
            entry("php-cmd:runs", "which quotes are escaped depends on the number of quotes before"),
            entry("php-cmd:json", "which quotes are escaped depends on the number of quotes before"),
            entry("go.xml:tabesc.hex-bytes", "control characters replaced, which XML 1.0 does not have"),
            entry("node.jsyaml:unit.hex-bytes", "a no-break space escaped beside a soft hyphen that is not"));

    /** One secret has many vectors. */
    private final Map<SecretValue, Collection<byte[]>> derived = new HashMap<>();

    static Stream<ToolVector> vectors() {
        return Stream.of("vectors.tsv", "tool-vectors.tsv").flatMap(name -> ToolVector.read(name).stream());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatAToolPrintedDoesNotSurvive(ToolVector vector) {
        assumeFalse(OUT_OF_REACH.containsKey(vector.form()), () -> OUT_OF_REACH.get(vector.form()));
        Collection<byte[]> forms = derived.computeIfAbsent(SecretValue.of(vector.secret()), SecretForms::derive);
        Coverage coverage = new Coverage(forms, vector.output());

        assertThat(coverage.hides(vector.leaked())).as(coverage.masked()).isTrue();
        assertThat(coverage.longestSurvivor(vector.leaked()))
                .as(coverage.masked())
                .isLessThanOrEqualTo(harmless(vector));
    }

    private static int harmless(ToolVector vector) {
        if (vector.isWrapped()) {
            return HARMLESS_OF_WRAPPED;
        }
        return vector.endsInLineBreak() ? HARMLESS_LINE_BREAK : HARMLESS;
    }
}
