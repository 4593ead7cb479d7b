package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.AnsiQuotes;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Consumed;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.SegmentQuotes;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.ShellWords;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Unprintable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quoting of POSIX shells and of what quotes for them: {@code set -x}, {@code set}, {@code export -p}, {@code printf
 * %q}, {@code ${S@Q}}, shlex, shellescape. The outer quotes are no part of a form, since a shell opens them in front of
 * what the secret is joined to ({@code 'key=secret'}).
 */
final class ShellForms implements FormFamily {
    private static final Pattern APOSTROPHES = Pattern.compile("'+");

    /** Single quotes: how one apostrophe is written by bash and zsh, by dash and Python, by fish. */
    static final EscapeTable CLOSED = EscapeTable.builder().map('\'', "'\\''").build();

    static final EscapeTable QUOTED = EscapeTable.builder().map('\'', "'\"'\"'").build();

    /** Inside of double quotes: bash declare -p, zsh (qqq). */
    static final EscapeTable DOUBLE =
            EscapeTable.builder().prefix("\"$`\\", "\\").build();

    static final EscapeTable BASH = EscapeTable.builder()
            .prefix(" \t\n!\"$&'()*,;<>?[\\]^`{|}", "\\")
            .leading("#~", "\\")
            .build();

    private static final EscapeTable ZSH = EscapeTable.builder()
            .prefix(" \"$&'()*;<>?[\\]^`{|}", "\\")
            .leading("#~=", "\\")
            .build();

    static final EscapeTable RUBY = EscapeTable.builder()
            .prefixAllBut("_-.,:+/@\n", "\\")
            .map('\n', "'\n'")
            .beyond((c, next) -> "\\" + Character.toString(c))
            .build();

    private static final EscapeTable FISH = EscapeTable.builder()
            .prefix(" \"#$%&'()*;<>?[\\]{|}~", "\\")
            .named("tnbre")
            .controls(ShellForms::caretLower)
            .map('\u007f', "\\x7f")
            .build();

    private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final EscapeTable EACH = EscapeTable.builder()
            .prefixAllBut("\u0001\u007f", "\\")
            .prefix("0123456789" + CAPITALS + SMALL, "\\")
            .beyond((c, next) -> "\\" + Character.toString(c))
            .build();

    private static final Escape OCTAL_BYTES = Escape.OCTAL.ofEachByte();

    private static final List<EscapeTable> TABLES = tables();

    /** How a shell shows a command that holds JSON. */
    private static final List<EscapeTable> AROUND_JSON = List.of(CLOSED, QUOTED, DOUBLE, BASH, AnsiQuotes.OCTAL);

    /** In a locale without the characters beyond ASCII. */
    private static final List<EscapeTable> BYTES = List.of(
            RUBY,
            // zsh traces some commands with the bytes that it uses as marks still masked by another mark
            EscapeTable.builder()
                    .beyond((c, next) -> c >= 0x83 && c <= 0xa2 ? "\u0083" + (char) (c ^ 0x20) : Character.toString(c))
                    .build(),
            ZSH.and()
                    .controls(ShellForms::dollarQuoted)
                    .beyond((c, next) -> "$'" + Escape.octal(c) + '\'')
                    .build());

    private static List<EscapeTable> tables() {
        List<EscapeTable> tables = new ArrayList<>(List.of(
                CLOSED,
                QUOTED,
                DOUBLE,
                DOUBLE.and().prefix("!", "\\").build(),
                EscapeTable.builder().prefix("'\\", "\\").build(),
                BASH,
                BASH.and().prefix("#~", "\\").build(),
                ZSH,
                ZSH.and().prefix("#", "\\").build(),
                ZSH.and()
                        .controls(ShellForms::dollarQuoted)
                        .beyond(ShellForms::dollarQuotedBytes)
                        .build(),
                ZSH.and()
                        .prefix("#", "\\")
                        .controls(ShellForms::dollarQuoted)
                        .beyond(ShellForms::dollarQuotedBytes)
                        .build(),
                RUBY,
                // git's traces
                CLOSED.and().map('!', "'\\!'").build(),
                // the right-hand side of [[ x =~ "$S" ]] in bash's trace
                EscapeTable.builder().prefix("\\.*+?()[{^$|", "\\").build(),
                // before Ruby 2.6
                RUBY.and().prefix("+", "\\").build(),
                FISH,
                // fish set --show
                FISH.and().keep(" \"#$%&'()*;<>?[]{|}~").build(),
                // the right-hand side of [[ x == "$S" ]] in bash's trace
                EACH,
                // PHP addcslashes with "a..z", "A..Z" and "A..z"
                EscapeTable.builder().prefix(SMALL, "\\").build(),
                EscapeTable.builder().prefix(CAPITALS, "\\").build(),
                EscapeTable.builder().prefix(CAPITALS + "[\\]^_`" + SMALL, "\\").build(),
                // the npm package shell-quote
                EscapeTable.builder()
                        .prefix("#!\"$&'()*,:;<=>?@[\\]^`{|}", "\\")
                        .build(),
                // PHP escapeshellcmd, which escapes only quotes that have no partner
                EscapeTable.builder().prefix("#&;`|*?~<>^()[]{}$\\\n", "\\").build(),
                EscapeTable.builder().prefix("#&;`|*?~<>^()[]{}$\\\n'", "\\").build(),
                EscapeTable.builder().prefix("#&;`|*?~<>^()[]{}$\\\n\"", "\\").build(),
                EscapeTable.builder().prefix("#&;`|*?~<>^()[]{}$\\\n'\"", "\\").build()));
        tables.addAll(AnsiQuotes.TABLES);
        return List.copyOf(tables);
    }

    /** fish: {@code \cg}. */
    private static String caretLower(int c, int next) {
        return c <= 26 ? "\\c" + Character.toLowerCase((char) (c ^ 0x40)) : Escape.X_LOWER.of(c, next);
    }

    /**
     * fish {@code string escape --style=var}: hex between underscores, also for a digit that follows one, since it would
     * read as more of it.
     */
    private static String fishVariable(String bytes) {
        StringBuilder out = new StringBuilder(bytes.length() * 2);
        boolean inHex = false;
        for (char c : bytes.toCharArray()) {
            boolean isDigit = c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
            if (c < 0x80 && Character.isLetterOrDigit(c) && !(inHex && isDigit)) {
                out.append(inHex ? "_" : "").append(c);
                inHex = false;
            } else if (c == '_') {
                out.append("__");
                inHex = false;
            } else {
                out.append('_').append(Hex.digits(c, 2, true));
                inHex = true;
            }
        }
        return out.toString();
    }

    /** zsh (q): a control character in quotes of its own. */
    private static String dollarQuoted(int c, int next) {
        return "$'" + AnsiQuotes.OCTAL.apply(Character.toString(c)) + '\'';
    }

    private static String dollarQuotedBytes(int c, int next) {
        return Unprintable.byLibc(c) ? "$'" + OCTAL_BYTES.of(c, next) + '\'' : Character.toString(c);
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        String bytes = subject.latin1();
        into.addLatin1(EACH.apply(bytes));
        BYTES.forEach(table -> into.addLatin1(table, bytes));
        AnsiQuotes.OF_BYTES.forEach(table -> into.addLatin1(table, bytes));
        into.addLatin1(SegmentQuotes.ofBytes(bytes));
        into.addIfSafe(fishVariable(bytes));
        subject.text().ifPresent(text -> {
            for (EscapeTable table : TABLES) {
                into.add(unwrapped(table.apply(text), text));
                if (table.leads(text)) {
                    into.add(table.inside().apply(text));
                }
            }
            for (EscapeTable json : List.of(JsonForms.MINIMAL, JsonForms.GO, JsonForms.ASCII)) {
                String body = json.apply(text);
                AROUND_JSON.forEach(table -> into.add(table, body));
            }
            into.add(tildes(BASH.apply(text)));
            into.add(tildes(BASH.inside().apply(text)));
            joinedRuns(text, into);
            joinedRuns(JsonForms.MINIMAL.apply(text), into);
            SegmentQuotes.onlyWhereNeeded(text).forEach(into::add);
            for (EscapeTable quoted : List.of(CLOSED, QUOTED)) {
                ShellWords.forms(text, quoted).forEach(into::addIfSafe);
            }
            ShellWords.ofKsh(text).forEach(into::addIfSafe);
            assignment(text, into);
            into.add(SegmentQuotes.apply(text));
            into.add(SegmentQuotes.fromFirstSpecial(text));
            into.addUnlessWord(Consumed.quotes(text));
            if (text.indexOf('"') >= 0) {
                // JSON whose quotes tr -d has deleted
                into.addUnlessWord(JsonForms.MINIMAL.apply(text).replace("\"", ""));
            }
            // xargs splits at blanks, too
            into.addUnlessWord(Consumed.quotes(text).replaceAll("[ \t\n]+", " "));
            into.addUnlessWord(Consumed.backslashes(text));
            into.addUnlessWord(Consumed.makeVariables(text));
            Consumed.sequences(text).forEach(into::addUnlessWord);
        });
    }

    /** ksh quotes what follows the equals sign. */
    private static void assignment(String text, Patterns into) {
        int equals = text.indexOf('=');
        if (equals > 0 && text.chars().limit(equals).allMatch(c -> c == '_' || Character.isLetterOrDigit(c))) {
            String name = text.substring(0, equals + 1);
            String value = text.substring(equals + 1);
            into.add(name + "'" + value);
            AnsiQuotes.TABLES.forEach(table -> into.add(name + "$'" + table.apply(value)));
        }
    }

    /** zsh and mksh close the quotes once for a run of apostrophes, busybox and dash quote the run. */
    private static void joinedRuns(String text, Patterns into) {
        into.add(unwrapped(runs(text, "\\'", "'", "'"), text));
        into.add(unwrapped(runs(text, "'", "'\"", "\"'"), text));
    }

    /** Each run of apostrophes between the two marks. */
    private static String runs(String text, String each, String before, String after) {
        return APOSTROPHES
                .matcher(text)
                .replaceAll(run -> Matcher.quoteReplacement(
                        before + each.repeat(run.group().length()) + after));
    }

    /** Without the quote at an end that the shell leaves out when the apostrophe is the first or last character. */
    private static String unwrapped(String quoted, String text) {
        boolean first = text.startsWith("'") && quoted.startsWith("'") && quoted.length() > text.length();
        boolean last = text.endsWith("'") && quoted.endsWith("'") && quoted.length() > text.length() + 1;
        return quoted.substring(first ? 1 : 0, quoted.length() - (last ? 1 : 0));
    }

    /** bash escapes a tilde that could expand: after a colon or an equals sign. */
    private static String tildes(String quoted) {
        return quoted.replace("=~", "=\\~").replace(":~", ":\\~");
    }
}
