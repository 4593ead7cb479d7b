package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import java.util.List;

/** Texts quoted for a regular expression, or for sed's pattern and replacement. */
final class RegexForms implements FormFamily {
    private static final List<EscapeTable> TABLES = List.of(
            // Python: since 3.7, and before
            EscapeTable.builder()
                    .prefix("\t\n\u000b\f\r #$&()*+-.?[\\]^{|}~", "\\")
                    .build(),
            // Perl's quotemeta, and Python's re.escape before 3.3
            EscapeTable.builder().prefixAllBut("_", "\\").build(),
            // JavaScript's idiom, Go's QuoteMeta; with the slash; lodash and the hyphen
            EscapeTable.builder().prefix("\\.+*?()|[]{}^$", "\\").build(),
            EscapeTable.builder().prefix("\\.+*?()|[]{}^$/", "\\").build(),
            EscapeTable.builder().prefix("\\.+*?()|[]{}^$/-", "\\").build(),
            EscapeTable.builder().prefix("\\.+*?()|[]{}^$-", "\\").build(),
            // Ruby; .NET
            EscapeTable.builder()
                    .prefix(" #$()*+-.?[\\]^{|}", "\\")
                    .named("tnvfr")
                    .build(),
            EscapeTable.builder().prefix(" #$()*+.?[\\^{|", "\\").named("tnfr").build(),
            EscapeTable.builder()
                    .prefix(" #$()*+-.?[\\]^{|}/", "\\")
                    .named("tnvfr")
                    .build(),
            // PHP's preg_quote, without and with the delimiter
            EscapeTable.builder()
                    .prefix(".\\+*?[^]$(){}=!<>|:-#", "\\")
                    .map('\0', "\\000")
                    .build(),
            EscapeTable.builder()
                    .prefix(".\\+*?[^]$(){}=!<>|:-#/", "\\")
                    .map('\0', "\\000")
                    .build(),
            // Lucene; CSS; glob
            EscapeTable.builder().prefix("+-&|!(){}[]^\"~*?:\\/", "\\").build(),
            EscapeTable.builder().prefixAllBut("_-", "\\").build(),
            EscapeTable.builder().each("*?[", (c, next) -> "[" + (char) c + ']').build(),
            // PHP's quotemeta; Java's quoteReplacement
            EscapeTable.builder().prefix(".\\+*?[^]()$", "\\").build(),
            EscapeTable.builder().prefix("\\$", "\\").build(),
            // sed: the replacement, the pattern, both
            EscapeTable.builder().prefix("\\/&", "\\").build(),
            EscapeTable.builder().prefix("\\&", "\\").build(),
            EscapeTable.builder().prefix("/", "\\").build(),
            EscapeTable.builder().prefix("/&", "\\").build(),
            EscapeTable.builder().prefix("\\/.*$^[]", "\\").build(),
            EscapeTable.builder().prefix("\\/.*$^[]&", "\\").build(),
            EscapeTable.builder().prefix("\\|&", "\\").build(),
            EscapeTable.builder().prefix("\\.*$^[]", "\\").build());

    /** Perl's quotemeta of bytes. */
    private static final EscapeTable OF_BYTES = EscapeTable.builder()
            .prefixAllBut("_", "\\")
            .beyond((c, next) -> "\\" + (char) c)
            .build();

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        into.addLatin1(OF_BYTES.apply(subject.latin1()));
        subject.text().ifPresent(text -> TABLES.forEach(table -> into.add(table, text)));
    }
}
