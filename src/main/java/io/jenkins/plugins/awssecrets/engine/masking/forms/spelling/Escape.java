package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.nio.charset.StandardCharsets;

/** How one character is written. The notations that several families share are constants here. */
@FunctionalInterface
public interface Escape {
    /** The character {@code c} when {@code next} follows it (-1 at the end of the text). */
    String of(int c, int next);

    /** {@code \x1b} */
    Escape X_LOWER = (c, next) -> "\\x" + Hex.digits(c, 2, false);
    /** {@code \x1B} */
    Escape X_UPPER = (c, next) -> "\\x" + Hex.digits(c, 2, true);
    /** {@code \033} */
    Escape OCTAL = (c, next) -> octal(c);
    /** {@code \u001b}, two of them for a character beyond the first plane */
    Escape U_LOWER = (c, next) -> units(c, "\\u", "", false);
    /** {@code \u001B} */
    Escape U_UPPER = (c, next) -> units(c, "\\u", "", true);
    /** {@code &#233;} */
    Escape REFERENCE = (c, next) -> "&#" + c + ';';
    /** {@code &#xe9;} */
    Escape REFERENCE_LOWER = (c, next) -> "&#x" + Integer.toHexString(c) + ';';
    /** {@code &#xE9;} */
    Escape REFERENCE_UPPER = (c, next) -> "&#x" + Hex.digits(c, 1, true) + ';';
    /** {@code %E9} */
    Escape PERCENT_UPPER = (c, next) -> "%" + Hex.digits(c, 2, true);
    /** {@code %e9} */
    Escape PERCENT_LOWER = (c, next) -> "%" + Hex.digits(c, 2, false);

    /** {@code \ooo} of a byte. */
    static String octal(int c) {
        return new String(
                new char[] {'\\', (char) ('0' + (c >> 6 & 7)), (char) ('0' + (c >> 3 & 7)), (char) ('0' + (c & 7))});
    }

    /** The UTF-16 code units of a character in hexadecimal, each between the two marks. */
    static String units(int c, String before, String after, boolean upper) {
        StringBuilder out = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            Hex.append(out.append(before), unit, 4, upper);
            out.append(after);
        }
        return out.toString();
    }

    /** The same notation for each UTF-8 byte of a character. */
    default Escape ofEachByte() {
        return (c, next) -> {
            StringBuilder out = new StringBuilder();
            for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                out.append(of(b & 0xff, next));
            }
            return out.toString();
        };
    }
}
