package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Consumed;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import java.util.List;

/** cmd.exe, batch files, PowerShell, and command lines as Windows programs are given them. */
final class WindowsForms implements FormFamily {
    private static final List<EscapeTable> TABLES = List.of(
            // cmd.exe: what has to be escaped, and what people escape as well
            EscapeTable.builder().prefix("^&|<>", "^").build(),
            EscapeTable.builder().prefix("^&|<>()", "^").build(),
            EscapeTable.builder().prefix("^&|<>\"%!", "^").build(),
            EscapeTable.builder().prefix("^&|<>()%!", "^").build(),
            EscapeTable.builder().prefix("^&|<>()\"%!", "^").build(),
            EscapeTable.builder().prefix("^&|<>()\"%!;, *?", "^").build(),
            EscapeTable.builder().prefix("^&|<>\"", "^").build(),
            EscapeTable.builder().prefix("^&|<>", "^").map('%', "%%").build(),
            EscapeTable.builder().prefix("^&|<>()", "^").map('%', "%%").build(),
            // a batch file, and printf's format; delayed expansion
            EscapeTable.builder().map('%', "%%").build(),
            EscapeTable.builder().prefix("^&|<>", "^").map('!', "^^!").build(),
            // PowerShell: '..' and ".."
            EscapeTable.builder().map('\'', "''").build(),
            EscapeTable.builder().prefix("\"$`", "`").build(),
            EscapeTable.builder().prefix("$`", "`").map('"', "\"\"").build(),
            EscapeTable.builder().prefix("$`", "`").build(),
            EscapeTable.builder().prefix("`\"$'", "`").build(),
            EscapeTable.builder().prefix("`\"$'{}()@#&|<>;, ", "`").build(),
            EscapeTable.builder()
                    .prefix("\"$`", "`")
                    .map('\n', "`n")
                    .map('\r', "`r")
                    .map('\t', "`t")
                    .map('\0', "`0")
                    .map('\u001b', "`e")
                    .build(),
            // PowerShell's CLIXML, in which a program's error output arrives
            EscapeTable.builder()
                    .map('&', "&amp;")
                    .map('<', "&lt;")
                    .map('>', "&gt;")
                    .controls((c, next) -> "_x" + Hex.digits(c, 4, true) + '_')
                    .build());

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        subject.text().ifPresent(text -> {
            TABLES.forEach(table -> into.add(table, text));
            into.addUnlessWord(Consumed.carets(text));
            into.addIfSafe(text.replace("%%", "%"));
            into.add(argument(text, false));
            into.add(argument(text, true));
            into.add(argument(JsonForms.MINIMAL.apply(text), false));
        });
    }

    /**
     * A quoted argument by the rules of CommandLineToArgvW: a quote is escaped, and backslashes are doubled only in
     * front of a quote, which includes the closing one where the text is the end of the argument.
     */
    private static String argument(String text, boolean closed) {
        StringBuilder out = new StringBuilder(text.length() * 2);
        int backslashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                out.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            out.append(c);
        }
        return closed ? out.append("\\".repeat(backslashes)).toString() : out.toString();
    }
}
