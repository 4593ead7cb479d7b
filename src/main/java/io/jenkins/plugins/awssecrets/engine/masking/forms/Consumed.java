package io.jenkins.plugins.awssecrets.engine.masking.forms;

/** What is left of a text when a shell has read its special characters instead of printing them. */
final class Consumed {
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
            } else if (open == 0 && c == '\\' && i + 1 < text.length()) {
                out.append(text.charAt(++i));
            } else {
                out.append(c);
            }
        }
        // An open quote is an error to the shell, which prints nothing then.
        return open == 0 ? out.toString() : text;
    }

    /** {@code echo} of dash, {@code echo -e} and {@code printf %b} of bash: escape sequences become characters. */
    static String sequences(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int named = c == '\\' && i + 1 < text.length() ? "abfnrtv\\".indexOf(text.charAt(i + 1)) : -1;
            if (named >= 0) {
                out.append("\u0007\b\f\n\r\t\u000b\\".charAt(named));
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String without(String text, char escape) {
        if (text.indexOf(escape) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == escape && i + 1 < text.length()) {
                i++;
            }
            out.append(text.charAt(i));
        }
        return out.toString();
    }
}
