package io.jenkins.plugins.awssecrets.engine.masking.forms;

/**
 * GNU coreutils' {@code shell-escape} quoting ({@code printf %q}, {@code ls}): single quotes, with each run of control
 * characters in a segment of its own, as in {@code 'a'$'\t''b'}.
 */
final class SegmentQuotes {
    private SegmentQuotes() {}

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
