package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoders that keep hardly more than letters and digits, as OWASP's ESAPI and its rules for attributes, scripts and
 * styles ask for: whatever else there is becomes a number.
 */
final class StrictForms implements FormFamily {
    /** Of characters: the usual, ESAPI's for HTML. */
    private static final List<String> KEPT = List.of("_", ",.-_ ");

    private static final List<EscapeTable> TEXT = text();

    private static final List<EscapeTable> BYTES = List.of(
            table("_", Escape.PERCENT_UPPER),
            table("_", Escape.PERCENT_LOWER),
            table("", Escape.PERCENT_UPPER),
            table("_", Escape.X_LOWER),
            table("_", Escape.X_UPPER),
            table("_", Escape.OCTAL),
            table("_", (c, next) -> "=" + Hex.digits(c, 2, true)));

    private static List<EscapeTable> text() {
        List<EscapeTable> tables = new ArrayList<>();
        for (String kept : KEPT) {
            for (Escape escape : List.of(
                    Escape.U_LOWER, Escape.U_UPPER, Escape.REFERENCE, Escape.REFERENCE_LOWER, Escape.REFERENCE_UPPER)) {
                tables.add(table(kept, escape));
            }
        }
        // ESAPI's for JavaScript
        tables.add(table(",._", (c, next) -> (c < 0x100 ? Escape.X_UPPER : Escape.U_UPPER).of(c, next)));
        tables.add(table("_", (c, next) -> (c < 0x100 ? Escape.X_LOWER : Escape.U_LOWER).of(c, next)));
        return List.copyOf(tables);
    }

    private static EscapeTable table(String kept, Escape escape) {
        return EscapeTable.builder().allBut(kept, escape).beyond(escape).build();
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        String bytes = subject.latin1();
        BYTES.forEach(table -> into.addLatin1(table, bytes));
        subject.text().ifPresent(text -> TEXT.forEach(table -> into.add(table, text)));
    }
}
