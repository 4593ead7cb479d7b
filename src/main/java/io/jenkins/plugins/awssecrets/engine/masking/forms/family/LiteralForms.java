package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.AnsiQuotes;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Unprintable;
import java.util.ArrayList;
import java.util.List;

/**
 * String literals of programming languages: Python's repr, Node's inspect, PHP's var_export, Perl's Data::Dumper,
 * Ruby's inspect, Go's %q, Java. Which quote is escaped depends on the rest of the text, so each way is a form.
 */
final class LiteralForms implements FormFamily {
    static final EscapeTable PYTHON = EscapeTable.builder()
            .prefix("\\", "\\")
            .named("tnr")
            .controls(Escape.X_LOWER)
            .build();

    private static final EscapeTable NODE = EscapeTable.builder()
            .prefix("\\", "\\")
            .named("btnfr")
            .controls(Escape.X_UPPER)
            .build();

    static final EscapeTable PYTHON_QUOTED = PYTHON.and().prefix("'", "\\").build();

    private static final List<EscapeTable> INSPECTED =
            List.of(PYTHON, PYTHON_QUOTED, NODE, NODE.and().prefix("'", "\\").build());

    /** Only quotes and backslashes, as in most languages' sources. */
    static final EscapeTable SOURCE =
            EscapeTable.builder().prefix("\\'\"", "\\").build();

    private static final EscapeTable RUBY = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("abtnvfre")
            .each("#", (c, next) -> next == '{' || next == '$' || next == '@' ? "\\#" : "#")
            .build();

    private static final EscapeTable PERL = EscapeTable.builder()
            .prefix("\"\\$@", "\\")
            .named("abtnfre")
            .controls(LiteralForms::shortOctal)
            .build();

    private static final EscapeTable GO = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("abtnvfr")
            .controls(Escape.X_LOWER)
            .build();

    private static final EscapeTable STRACE = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("tnvfr")
            .controls(LiteralForms::shortOctal)
            .beyond(LiteralForms::shortOctal)
            .build();

    private static final EscapeTable JAVA = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("btnfr")
            .controls(Escape.U_UPPER)
            .keep("\u007f")
            .beyond(Escape.U_UPPER)
            .build();

    private static final EscapeTable RUST = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("0tnr")
            .controls((c, next) -> "\\u{" + Integer.toHexString(c) + '}')
            .build();

    private static final Escape PYTHON_ASCII = (c, next) -> c < 0x100
            ? Escape.X_LOWER.of(c, next)
            : c < 0x10000 ? Escape.U_LOWER.of(c, next) : "\\U" + Hex.digits(c, 8, false);

    private static final EscapeTable PYTHON_IN_ASCII = PYTHON.and()
            .beyond((c, next) -> Unprintable.test(c) ? PYTHON_ASCII.of(c, next) : Character.toString(c))
            .build();

    private static final Escape RUBY_ASCII =
            (c, next) -> c < 0x10000 ? Escape.U_UPPER.of(c, next) : "\\u{" + Hex.digits(c, 1, true) + '}';

    /** Tables over characters. */
    private static final List<EscapeTable> TEXT = text();

    /** Tables over bytes: the literals of byte strings, and of texts in a locale without these characters. */
    private static final List<EscapeTable> BYTES = bytes();

    private static List<EscapeTable> text() {
        List<EscapeTable> tables = new ArrayList<>();
        for (String quotes : List.of("", "'", "\"", "'\"")) {
            EscapeTable python = PYTHON.and().prefix(quotes, "\\").build();
            tables.add(python);
            tables.add(python.and().beyond(PYTHON_ASCII).build());
            tables.add(python.and()
                    .beyond((c, next) -> Unprintable.test(c) ? PYTHON_ASCII.of(c, next) : Character.toString(c))
                    .build());
            tables.add(NODE.and().prefix(quotes, "\\").build());
            // only quotes and backslash: PHP's var_export and addslashes, Perl's Dumper, libpq, JavaScript sources
            tables.add(EscapeTable.builder().prefix("\\" + quotes, "\\").build());
        }
        tables.addAll(List.of(
                NODE.and().prefix("`\"'", "\\").build(),
                EscapeTable.builder()
                        .prefix("\\`", "\\")
                        .each("$", (c, next) -> next == '{' ? "\\$" : "$")
                        .build(),
                RUBY.and().controls(Escape.U_UPPER).build(),
                RUBY.and().controls(Escape.X_UPPER).build(),
                RUBY.and().controls(Escape.X_UPPER).beyond(RUBY_ASCII).build(),
                RUBY.and()
                        .controls(Escape.U_UPPER)
                        .beyond((c, next) -> Unprintable.test(c) ? RUBY_ASCII.of(c, next) : Character.toString(c))
                        .build(),
                PERL,
                PERL.and()
                        .beyond((c, next) -> "\\x{" + Integer.toHexString(c) + '}')
                        .build(),
                GO,
                GO.and()
                        .beyond((c, next) -> c < 0x10000 ? Escape.U_LOWER.of(c, next) : "\\U" + Hex.digits(c, 8, false))
                        .build(),
                GO.and()
                        .beyond((c, next) -> Unprintable.test(c) ? Escape.U_LOWER.of(c, next) : Character.toString(c))
                        .build(),
                JAVA,
                // commons-text escapeEcmaScript
                JAVA.and().prefix("'/", "\\").build(),
                // Groovy and Kotlin templates
                JAVA.and().prefix("$", "\\").build(),
                GO.and().prefix("$", "\\").build(),
                RUST,
                RUST.and()
                        .beyond((c, next) ->
                                Unprintable.test(c) ? "\\u{" + Integer.toHexString(c) + '}' : Character.toString(c))
                        .build(),
                RUST.and().prefix("'", "\\").build(),
                // Terraform
                GO.and()
                        .each("$%", (c, next) -> next == '{' ? "" + (char) c + (char) c : "" + (char) c)
                        .build(),
                // Lua %q
                EscapeTable.builder()
                        .prefix("\"\\\n", "\\")
                        .controls(LiteralForms::decimal)
                        .build(),
                // Tcl, as sqlite3 writes it
                EscapeTable.builder()
                        .prefix("\"\\", "\\")
                        .named("tnr")
                        .controls(Escape.OCTAL)
                        .build(),
                // C, sed -n l, ls -b and -Q
                AnsiQuotes.OCTAL.and().keep("'").build(),
                AnsiQuotes.OCTAL.and().keep("'").prefix("\"", "\\").build(),
                AnsiQuotes.OCTAL.and().keep("'").prefix(" ", "\\").build(),
                AnsiQuotes.OCTAL.and().keep("'").prefix("\" ", "\\").build(),
                // curl --libcurl; TOML
                AnsiQuotes.OCTAL.and().keep("'").prefix("\"?", "\\").build(),
                JsonForms.MINIMAL.and().map('\u007f', "\\u007F").build(),
                // Rails escape_javascript, Django escapejs, Python's namereplace
                EscapeTable.builder()
                        .prefix("\\\"'`$", "\\")
                        .named("n")
                        .each("<", (c, next) -> next == '/' ? "<\\" : "<")
                        .build(),
                EscapeTable.builder()
                        .each("\\'\"><&=-;`", Escape.U_UPPER)
                        .controls(Escape.U_UPPER)
                        .keep("\u007f")
                        .build(),
                EscapeTable.builder()
                        .beyond((c, next) -> "\\N{" + Character.getName(c) + '}')
                        .build()));
        return List.copyOf(tables);
    }

    private static List<EscapeTable> bytes() {
        List<EscapeTable> tables = new ArrayList<>();
        for (String quotes : List.of("", "'", "\"")) {
            tables.add(PYTHON.and().prefix(quotes, "\\").beyond(Escape.X_LOWER).build());
        }
        tables.addAll(List.of(
                RUBY.and().controls(Escape.X_UPPER).beyond(Escape.X_UPPER).build(),
                PERL.and().beyond(LiteralForms::shortOctal).build(),
                GO.and().beyond(Escape.X_LOWER).build(),
                AnsiQuotes.OCTAL.and().keep("'").beyond(Escape.OCTAL).build(),
                AnsiQuotes.OCTAL
                        .and()
                        .keep("'")
                        .prefix("\"", "\\")
                        .beyond(Escape.OCTAL)
                        .build(),
                // strace
                STRACE,
                // C with both quotes; Python where the locale has no such characters
                AnsiQuotes.OCTAL.and().prefix("'\"", "\\").beyond(Escape.OCTAL).build(),
                PYTHON.and()
                        .beyond((c, next) -> "\\udc" + Hex.digits(c, 2, false))
                        .build(),
                PYTHON_QUOTED
                        .and()
                        .beyond((c, next) -> "\\udc" + Hex.digits(c, 2, false))
                        .build(),
                // nginx logs; rsyslog
                EscapeTable.builder()
                        .each("\"\\", Escape.X_UPPER)
                        .controls(Escape.X_UPPER)
                        .beyond(Escape.X_UPPER)
                        .build(),
                EscapeTable.builder()
                        .controls((c, next) -> "#" + Escape.octal(c).substring(1))
                        .build(),
                // systemd-escape
                EscapeTable.builder()
                        .allBut(":_.", Escape.X_LOWER)
                        .map('/', "-")
                        .leading(".", "\\x2e")
                        .beyond(Escape.X_LOWER)
                        .build(),
                // Python's http.cookies
                EscapeTable.builder()
                        .prefix("\"\\", "\\")
                        .each(",;", Escape.OCTAL)
                        .controls(Escape.OCTAL)
                        .build(),
                // e-mail headers (RFC 2047)
                EscapeTable.builder()
                        .allBut("-!*+/", (c, next) -> "=" + Hex.digits(c, 2, true))
                        .map(' ', "_")
                        .beyond((c, next) -> "=" + Hex.digits(c, 2, true))
                        .build(),
                // cat -v and cat -A
                EscapeTable.builder()
                        .controls(LiteralForms::caret)
                        .keep("\t\n")
                        .beyond(LiteralForms::meta)
                        .build(),
                EscapeTable.builder()
                        .controls(LiteralForms::caret)
                        .keep("\n")
                        .beyond(LiteralForms::meta)
                        .build(),
                // quoted-printable (RFC 2045) without its line breaks
                EscapeTable.builder()
                        .controls((c, next) -> "=" + Hex.digits(c, 2, true))
                        .keep("\t\n\r")
                        .each("=", (c, next) -> "=" + Hex.digits(c, 2, true))
                        .beyond((c, next) -> "=" + Hex.digits(c, 2, true))
                        .build(),
                // the same with blanks
                EscapeTable.builder()
                        .controls((c, next) -> "=" + Hex.digits(c, 2, true))
                        .keep("\n\r")
                        .each("= ", (c, next) -> "=" + Hex.digits(c, 2, true))
                        .beyond((c, next) -> "=" + Hex.digits(c, 2, true))
                        .build(),
                EscapeTable.builder()
                        .controls((c, next) -> "=" + Hex.digits(c, 2, true))
                        .keep("\n\r")
                        .each("=_", (c, next) -> "=" + Hex.digits(c, 2, true))
                        .map(' ', "_")
                        .beyond((c, next) -> "=" + Hex.digits(c, 2, true))
                        .build()));
        return List.copyOf(tables);
    }

    /** Perl writes as few digits as the next character allows. */
    private static String shortOctal(int c, int next) {
        return next >= '0' && next <= '9' ? Escape.octal(c) : "\\" + Integer.toOctalString(c);
    }

    private static String decimal(int c, int next) {
        if (next < '0' || next > '9') {
            return "\\" + c;
        }
        return "\\" + (c < 10 ? "00" : c < 100 ? "0" : "") + c;
    }

    private static String caret(int c, int next) {
        return "^" + (char) (c ^ 0x40);
    }

    private static String meta(int c, int next) {
        int low = c & 0x7f;
        return low < ' ' || low == 0x7f ? "M-^" + (char) (low ^ 0x40) : "M-" + (char) low;
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        String bytes = subject.latin1();
        BYTES.forEach(table -> into.addLatin1(table, bytes));
        subject.text().ifPresent(text -> {
            TEXT.forEach(table -> into.add(table, text));
            nested(text, into);
        });
    }

    /** A literal in a literal: JSON in {@code aws --debug} and in Node's inspect, a repr in a repr or in JSON. */
    private static void nested(String text, Patterns into) {
        for (EscapeTable json : List.of(JsonForms.MINIMAL, JsonForms.ASCII, JsonForms.GO)) {
            String body = json.apply(text);
            INSPECTED.forEach(table -> into.add(table, body));
        }
        for (EscapeTable inner : List.of(PYTHON, PYTHON_QUOTED, PYTHON_IN_ASCII)) {
            String repr = inner.apply(text);
            into.add(PYTHON, repr);
            into.add(PYTHON_QUOTED, repr);
            into.add(JsonForms.MINIMAL, repr);
            into.add(JsonForms.ASCII, repr);
        }
    }
}
