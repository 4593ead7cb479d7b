package io.jenkins.plugins.awssecrets.engine.masking.forms;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left of a text when a shell has read its special characters instead of printing them. */
final class Consumed {
    private static final Pattern PLAIN_OCTAL = Pattern.compile("\\\\([abfnrtv\\\\]|0?[0-7]{1,3})");
    private static final Pattern BASH = Pattern.compile("\\\\([abeEfnrtv\\\\]|0[0-7]{0,3}|x[0-9A-Fa-f]{1,2})");

    private Consumed() {}

    /** {@code read} without -r, and an unquoted word in a script: each backslash is gone, the next character stays. */
    static String backslashes(String text) {
        return without(text, '\\');
    }

    /** cmd.exe outside of quotes, likewise for the caret. */
    static String carets(String text) {
        return without(text, '^');
    }

    /** xargs and eval: quotes are gone, and backslashes outside of single quotes. */
    static String quotes(String text) {
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

    /**
     * {@code echo} of dash, {@code echo -e} and {@code printf %b} of bash: escape sequences become characters.
     *
     * @param plainOctal whether {@code \\7} is a sequence (dash, printf), or only {@code \\07} (bash's echo)
     */
    static String sequences(String text, boolean plainOctal) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return (plainOctal ? PLAIN_OCTAL : BASH).matcher(text).replaceAll(Consumed::character);
    }

    private static String character(MatchResult sequence) {
        String letters = sequence.group(1);
        int named = "abeEfnrtv\\".indexOf(letters.charAt(0));
        char character = named >= 0
                ? "\u0007\b\u001b\u001b\f\n\r\t\u000b\\".charAt(named)
                : (char)
                        (letters.charAt(0) == 'x'
                                ? Integer.parseInt(letters.substring(1), 16)
                                : Integer.parseInt(letters, 8) & 0xff);
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
