package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

/** Hexadecimal digits without a formatter, which would be most of the time that a derivation takes. */
public final class Hex {
    private static final char[] LOWER = "0123456789abcdef".toCharArray();
    private static final char[] UPPER = "0123456789ABCDEF".toCharArray();

    private Hex() {}

    /** The number in at least so many digits. */
    public static String digits(int number, int atLeast, boolean upper) {
        return append(new StringBuilder(8), number, atLeast, upper).toString();
    }

    /** Appends the number in at least so many digits. */
    public static StringBuilder append(StringBuilder out, int number, int atLeast, boolean upper) {
        char[] alphabet = upper ? UPPER : LOWER;
        int significant = (35 - Integer.numberOfLeadingZeros(number)) / 4;
        for (int digit = Math.max(atLeast, significant) - 1; digit >= 0; digit--) {
            out.append(alphabet[number >>> (4 * digit) & 15]);
        }
        return out;
    }
}
