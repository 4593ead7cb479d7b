package io.jenkins.plugins.awssecrets.engine.masking.plain;

/**
 * How often the kind of character changes in a text: capitals, small letters, digits, blanks and joints of words, other
 * punctuation. In random text it does at every other character, in words, names and addresses hardly ever.
 */
public final class KindChanges {
    /** What words, numbers and addresses of a log are joined by. */
    private static final String JOINTS = " -_.:/,;=&?'\"()[]{}\\";

    private KindChanges() {}

    public static int in(CharSequence text) {
        int changes = 0;
        for (int at = 1; at < text.length(); at++) {
            changes += kind(text.charAt(at)) == kind(text.charAt(at - 1)) ? 0 : 1;
        }
        return changes;
    }

    /** Changes between letters and digits, leaving out what stands between words. */
    public static int withinWords(CharSequence text) {
        int changes = 0;
        for (int at = 1; at < text.length(); at++) {
            char c = text.charAt(at);
            char before = text.charAt(at - 1);
            changes += Character.isLetterOrDigit(c) && Character.isLetterOrDigit(before) && kind(c) != kind(before)
                    ? 1
                    : 0;
        }
        return changes;
    }

    /** Whether it is punctuation that joins no words, or a letter beyond ASCII. */
    public static boolean isMark(char c) {
        return c > '~' || !Character.isLetterOrDigit(c) && JOINTS.indexOf(c) < 0;
    }

    private static int kind(char c) {
        if (Character.isUpperCase(c)) {
            return 0;
        }
        if (Character.isLetter(c)) {
            return 1;
        }
        return Character.isDigit(c) ? 2 : JOINTS.indexOf(c) >= 0 ? 3 : 4;
    }
}
