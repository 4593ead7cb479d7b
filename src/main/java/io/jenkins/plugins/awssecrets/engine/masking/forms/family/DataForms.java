package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import java.util.List;

/** Files and query languages: SQL, YAML, CSV, TSV, Java properties, make, compose, templates. */
final class DataForms implements FormFamily {
    static final EscapeTable YAML = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("0abtnvfre")
            .controls(Escape.X_UPPER)
            .build();

    static final EscapeTable PROPERTIES = EscapeTable.builder()
            .prefix("\\=:#!", "\\")
            .named("tnrf")
            .leading(" ", "\\")
            .build();

    private static final Escape PROPERTIES_UNICODE = (c, next) -> Escape.U_UPPER.of(c, next);

    /** SQL and YAML. */
    static final EscapeTable APOSTROPHES = EscapeTable.builder().map('\'', "''").build();

    /** CSV, SQL identifiers and VBScript. */
    static final EscapeTable CSV = EscapeTable.builder().map('"', "\"\"").build();

    private static final List<EscapeTable> TABLES = List.of(
            APOSTROPHES,
            CSV,
            EscapeTable.builder().map('\'', "''").map('\\', "\\\\").build(),
            // MySQL
            EscapeTable.builder()
                    .prefix("'\"\\", "\\")
                    .named("0nr")
                    .map('\u001a', "\\Z")
                    .build(),
            // TSV and PostgreSQL's COPY
            EscapeTable.builder().prefix("\\", "\\").named("tnr").build(),
            EscapeTable.builder().prefix("\\", "\\").named("btnvfr").build(),
            // YAML "..": libyaml escapes what is beyond the first plane even where Unicode is allowed
            YAML,
            // the npm package yaml
            EscapeTable.builder()
                    .prefix("\"\\", "\\")
                    .named("0abtnvfre")
                    .controls(Escape.X_LOWER)
                    .keep("\u007f")
                    .build(),
            YAML.and().beyond(DataForms::yamlAscii).build(),
            YAML.and()
                    .beyond((c, next) -> c > 0xffff || isYamlSpecial(c) ? yamlAscii(c, next) : Character.toString(c))
                    .build(),
            PROPERTIES,
            PROPERTIES
                    .and()
                    .controls(PROPERTIES_UNICODE)
                    .beyond(PROPERTIES_UNICODE)
                    .build(),
            PROPERTIES
                    .and()
                    .prefix(" ", "\\")
                    .controls(PROPERTIES_UNICODE)
                    .beyond(PROPERTIES_UNICODE)
                    .build(),
            // make, compose, Ant, systemd; format strings
            EscapeTable.builder().map('$', "$$").build(),
            EscapeTable.builder().map('$', "$$").map('#', "\\#").build(),
            EscapeTable.builder().map('$', "$$").map('\'', "''").build(),
            YAML.and().map('$', "$$").build(),
            // GitHub's and TeamCity's commands in a log; Helm's --set
            EscapeTable.builder()
                    .map('%', "%25")
                    .map('\r', "%0D")
                    .map('\n', "%0A")
                    .build(),
            EscapeTable.builder()
                    .prefix("'|[]", "|")
                    .map('\n', "|n")
                    .map('\r', "|r")
                    .build(),
            EscapeTable.builder().prefix(",", "\\").build(),
            EscapeTable.builder().prefix(",\\", "\\").build(),
            EscapeTable.builder().prefix(",.\\={}[]", "\\").build(),
            EscapeTable.builder().map('{', "{{").map('}', "}}").build(),
            // SQL Server names, JDBC values in braces, LIKE
            EscapeTable.builder().map(']', "]]").build(),
            EscapeTable.builder().map('}', "}}").build(),
            EscapeTable.builder().prefix("\\%_", "\\").build(),
            // what is written by hand or by one substitution: a quote, a dollar, a blank, cron's percent
            EscapeTable.builder().prefix("\"", "\\").build(),
            EscapeTable.builder().prefix("'", "\\").build(),
            EscapeTable.builder().prefix("\"", "\\").named("n").build(),
            EscapeTable.builder().prefix("$", "\\").build(),
            EscapeTable.builder().prefix("$\"", "\\").build(),
            EscapeTable.builder().prefix("`", "\\").build(),
            EscapeTable.builder().prefix(" ", "\\").build(),
            EscapeTable.builder().prefix("%", "\\").build(),
            EscapeTable.builder().prefix("|", "\\").build(),
            // a URL put together by one
            EscapeTable.builder().map(' ', "%20").build(),
            EscapeTable.builder().map(' ', "+").build(),
            // systemd's Environment=
            EscapeTable.builder().prefix("\"\\", "\\").map('%', "%%").build(),
            EscapeTable.builder()
                    .prefix("\"\\", "\\")
                    .map('%', "%%")
                    .map('$', "$$")
                    .build(),
            // csv without quotes, Tcl, LaTeX, Markdown
            EscapeTable.builder().prefix(",\"\\\n\r", "\\").build(),
            EscapeTable.builder().prefix("\\\"$[]{}; ", "\\").build(),
            EscapeTable.builder().prefix("&%$#_{}", "\\").build(),
            EscapeTable.builder().prefix("\\`*_{}[]()#+.!|<>~-", "\\").build(),
            EscapeTable.builder().prefix("\\`*_{}[]()#+-.!", "\\").build(),
            EscapeTable.builder().prefix("\\`*_[]<>", "\\").build(),
            // .pgpass
            EscapeTable.builder().prefix(":\\", "\\").build(),
            // LDAP: filters (RFC 4515) and names (RFC 4514)
            EscapeTable.builder()
                    .each("()*\\\0", (c, next) -> "\\" + Hex.digits(c, 2, false))
                    .build(),
            EscapeTable.builder()
                    .each("()*\\\0", (c, next) -> "\\" + Hex.digits(c, 2, true))
                    .build(),
            EscapeTable.builder().prefix("\"+,;<>\\=", "\\").leading("# ", "\\").build());

    private static boolean isYamlSpecial(int c) {
        return c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff;
    }

    private static String yamlAscii(int c, int next) {
        return switch (c) {
            case 0x85 -> "\\N";
            case 0xa0 -> "\\_";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default ->
                c < 0x100
                        ? Escape.X_UPPER.of(c, next)
                        : c < 0x10000 ? Escape.U_UPPER.of(c, next) : "\\U" + Hex.digits(c, 8, true);
        };
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() != Scope.CORE) {
            subject.text().ifPresent(text -> TABLES.forEach(table -> into.add(table, text)));
        }
    }
}
