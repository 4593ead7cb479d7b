package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * GNU coreutils' {@code shell-escape} quoting ({@code printf %q}, {@code ls}): single quotes, with each run of control
 * characters in a segment of its own, as in {@code 'a'$'\t''b'}.
 */
public final class SegmentQuotes {
    private static final String SPECIAL = " \t\n\"#$&()*;<=>?[\\]^`{|}~";

    private SegmentQuotes() {}

    /**
     * zsh's (q-): quotes around what stands between apostrophes only where it holds a special character. Whether the
     * first and the last part are quoted depends on what the secret is joined to as well.
     */
    public static List<String> onlyWhereNeeded(String text) {
        if (text.indexOf('\'') < 0) {
            return List.of();
        }
        String[] parts = text.split("'", -1);
        List<String> all = new ArrayList<>();
        for (boolean first : new boolean[] {false, true}) {
            for (boolean last : new boolean[] {false, true}) {
                StringBuilder out = new StringBuilder(parts[0]).append(first ? "'" : "");
                for (int i = 1; i < parts.length - 1; i++) {
                    boolean special = parts[i].chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
                    out.append("\\'").append(special ? "'" + parts[i] + "'" : parts[i]);
                }
                all.add(out.append("\\'")
                        .append(last ? "'" : "")
                        .append(parts[parts.length - 1])
                        .toString());
            }
        }
        return all;
    }

    /** yq's {@code @sh}: quotes open at the first character that needs them, and close at an apostrophe or at the end. */
    public static String fromFirstSpecial(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                out.append(open ? "'\\" : "\\");
                open = false;
            } else if (!open && !isWord(c) && "@%+=:,./-".indexOf(c) < 0) {
                out.append('\'');
                open = true;
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean isWord(char c) {
        return c == '_' || c < 0x80 && Character.isLetterOrDigit(c);
    }

    /** The text inside of the outer quotes. */
    public static String apply(String text) {
        return apply(text, Unprintable::byLibc, AnsiQuotes.UNPRINTABLE);
    }

    /** The same for bytes as the characters 0 to 255, in a locale without the characters beyond ASCII. */
    public static String ofBytes(String bytes) {
        return apply(bytes, c -> c < ' ' || c >= 0x7f, AnsiQuotes.OF_BYTES.get(0));
    }

    private static String apply(String text, IntPredicate isControl, EscapeTable controls) {
        StringBuilder out = new StringBuilder(text.length() * 2);
        boolean inControls = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean control = isControl.test(c);
            if (control != inControls) {
                out.append(control ? "'$'" : "''");
                inControls = control;
            }
            if (control) {
                out.append(controls.apply(Character.toString(c)));
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
