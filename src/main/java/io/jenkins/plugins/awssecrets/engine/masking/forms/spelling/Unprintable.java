package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

/** The characters beyond ASCII that tools escape although they keep other such characters. */
public final class Unprintable {
    private Unprintable() {}

    /** What glibc does not call printable: the shells and coreutils escape it. */
    public static boolean byLibc(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED ->
                true;
            default -> false;
        };
    }

    /** ksh escapes blanks and what has no width as well, but not the soft hyphen. */
    static boolean byKsh(int c) {
        int type = Character.getType(c);
        return byLibc(c) || type == Character.SPACE_SEPARATOR || type == Character.FORMAT && c != 0xad;
    }

    /** What the languages do not call printable: controls, separators other than the blank, format characters and what is not assigned. */
    public static boolean test(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
