package io.jenkins.plugins.awssecrets.engine.masking.forms;

/**
 * GNU coreutils' {@code shell-escape} quoting ({@code printf %q}, {@code ls}): single quotes, with each run of control
 * characters in a segment of its own, as in {@code 'a'$'\t''b'}.
 */
final class SegmentQuotes {
    private static final String SPECIAL = " \t\n\"#$&()*;<=>?[\\]^`{|}~";

    private SegmentQuotes() {}

    /** zsh's (q-): quotes around what stands between apostrophes only where it holds a special character. */
    static String onlyWhereNeeded(String text) {
        StringBuilder out = new StringBuilder(text.length() * 2);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '\'') {
                String part = text.substring(start, i);
                boolean special = part.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
                out.append(special ? "'" + part + (i == text.length() ? "" : "'") : part);
                if (i < text.length()) {
                    out.append("\\'");
                }
                start = i + 1;
            }
        }
        return out.toString();
    }

    /** The text inside of the outer quotes. */
    static String apply(String text) {
        StringBuilder out = new StringBuilder(text.length() * 2);
        boolean inControls = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean control = Unprintable.byLibc(c);
            if (control != inControls) {
                out.append(control ? "'$'" : "''");
                inControls = control;
            }
            if (control) {
                out.append(AnsiQuotes.UNPRINTABLE.apply(Character.toString(c)));
            } else if (c == '\'') {
                out.append("'\\''");
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }
}
