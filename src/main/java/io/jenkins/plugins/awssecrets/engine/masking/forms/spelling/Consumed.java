package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is left of a text when a shell has read its special characters instead of printing them. */
public final class Consumed {
    private static final Pattern PLAIN_OCTAL = Pattern.compile("\\\\([abfnrtv\\\\]|0?[0-7]{1,3})");
    private static final String HEX = "x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}";
    private static final Pattern BASH = Pattern.compile("\\\\([abeEfnrtv\\\\]|0[0-7]{0,3}|" + HEX + ")");
    private static final Pattern PRINTF = Pattern.compile("\\\\([abeEfnrtv\\\\]|0?[0-7]{1,3}|" + HEX + ")");
    private static final Pattern AWK = Pattern.compile("(?s)\\\\(?:([abfnrtv\\\\]|[0-7]{1,3}|" + HEX + ")|(.))");

    private static final Pattern MAKE = Pattern.compile("(?s)\\$(?:\\([^)]*\\)|\\{[^}]*}|.)");

    private Consumed() {}

    /** {@code read} without -r, and an unquoted word in a script: each backslash is gone, the next character stays. */
    public static String backslashes(String text) {
        return without(text, '\\');
    }

    /** cmd.exe outside of quotes, likewise for the caret. */
    public static String carets(String text) {
        return without(text, '^');
    }

    /** xargs and eval: quotes are gone, and backslashes outside of single quotes. */
    public static String quotes(String text) {
        if (text.indexOf('\'') < 0 && text.indexOf('"') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        char open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open == 0 && (c == '\'' || c == '"')) {
                open = c;
            } else if (open != 0 && c == open) {
                open = 0;
            } else if (open == 0 && c == '\\') {
                if (++i < text.length()) {
                    out.append(text.charAt(i));
                }
            } else {
                out.append(c);
            }
        }
        // An open quote is an error to the shell, which prints nothing then.
        return open == 0 ? out.toString() : text;
    }

    /** make reads {@code $x}, {@code $(x)} and {@code ${x}} in a variable of the environment: nothing is left of them. */
    public static String makeVariables(String text) {
        return text.indexOf('$') < 0 ? text : MAKE.matcher(text).replaceAll(Consumed::dollar);
    }

    private static String dollar(MatchResult variable) {
        return variable.group().equals("$$") ? Matcher.quoteReplacement("$") : "";
    }

    /** Escape sequences become characters: {@code echo} of dash, bash's {@code echo -e} and {@code printf %b}, awk -v. */
    public static List<String> sequences(String text) {
        if (text.indexOf('\\') < 0) {
            return List.of();
        }
        return Stream.of(PLAIN_OCTAL, BASH, PRINTF, AWK)
                .map(sequence -> sequence.matcher(text).replaceAll(Consumed::character))
                .distinct()
                .toList();
    }

    private static String character(MatchResult sequence) {
        String letters = sequence.group(1);
        if (letters == null) {
            // awk drops the backslash of what it does not know
            return Matcher.quoteReplacement(sequence.group(2));
        }
        char first = letters.charAt(0);
        int named = "abeEfnrtv\\".indexOf(first);
        char character;
        if (named >= 0 && letters.length() == 1) {
            character = "\u0007\b\u001b\u001b\f\n\r\t\u000b\\".charAt(named);
        } else if (letters.length() > 1 && (first == 'x' || first == 'u')) {
            character = (char) Integer.parseInt(letters.substring(1), 16);
        } else {
            character = (char) (Integer.parseInt(letters, 8) & 0xff);
        }
        return Matcher.quoteReplacement(String.valueOf(character));
    }

    private static String without(String text, char escape) {
        if (text.indexOf(escape) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            // One at the end waits for a character that does not come.
            if (text.charAt(i) != escape) {
                out.append(text.charAt(i));
            } else if (++i < text.length()) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
