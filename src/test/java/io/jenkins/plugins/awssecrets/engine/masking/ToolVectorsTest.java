package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real tools printed is hidden. The tools are not needed: their output is in the files. */
class ToolVectorsTest {
    /** Quotes at an end, the last character of base64 that shares its bits with a neighbour, a line break. */
    private static final int HARMLESS = 3;

    private static final Map<String, String> OUT_OF_REACH = Map.of(
            "hex.xxd-dump", "offsets and a text column between the bytes",
            "hex.hexdump-C", "offsets and a text column between the bytes",
            "octal.od-c", "columns of characters",
            "truncated.cut-20", "a part of a secret",
            "case.upper", "letters changed",
            "case.lower", "letters changed");

    static Stream<ToolVector> vectors() {
        return Stream.of("vectors.tsv").flatMap(name -> ToolVector.read(name).stream());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatAToolPrintedDoesNotSurvive(ToolVector vector) {
        assumeFalse(OUT_OF_REACH.containsKey(vector.form()), () -> OUT_OF_REACH.get(vector.form()));
        Collection<byte[]> forms = SecretForms.derive(SecretValue.of(vector.secret()));
        Coverage coverage = new Coverage(forms, vector.output());

        assertThat(coverage.hides(vector.leaked())).as(coverage.masked()).isTrue();
        assertThat(coverage.longestSurvivor(vector.leaked()))
                .as(coverage.masked())
                .isLessThanOrEqualTo(HARMLESS);
    }
}
