package io.jenkins.plugins.awssecrets.engine.masking.forms;

/** The characters beyond ASCII that tools escape although they keep other such characters. */
final class Unprintable {
    private Unprintable() {}

    /** Controls, separators other than the blank, format characters and what is not assigned. */
    static boolean test(int c) {
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
