package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.plain.KindChanges;

/**
 * Ten characters of a short password full of punctuation, which tools shorten (the message of a JSON parser that quotes ten
 * around an error), split at a blank or change in one place. They overlap, so that most of what is left holds one.
 */
final class PartForms implements FormFamily {
    private static final int LENGTH = 10;
    private static final int STEP = 5;

    /** Bytes of a value that has forms as short as a part; of a longer one they alone would slow the search for all. */
    private static final int LONGEST = 24;

    /** So many changes of the kind of character show a part of a password that has a mark no address has. */
    private static final int MANY = 6;

    /** And of one that has none. */
    private static final int MOST = 7;

    @Override
    public void derive(Subject subject, Patterns into) {
        String text = subject.text().orElse("");
        if (subject.scope() != Scope.WHOLE
                || text.length() <= LENGTH
                || text.length() > LONGEST
                // An address is public.
                || text.contains("://")) {
            return;
        }
        for (int from = 0; from + LENGTH < text.length(); from += STEP) {
            add(text, from, into);
        }
        add(text, text.length() - LENGTH, into);
    }

    private static void add(String text, int from, Patterns into) {
        String part = text.substring(from, from + LENGTH);
        boolean cutsACharacter = Character.isLowSurrogate(part.charAt(0)) || Character.isHighSurrogate(part.charAt(9));
        if (!cutsACharacter && part.strip().equals(part) && isRandom(part)) {
            into.add(part);
        }
    }

    /** Hardly anything that a log has otherwise: the kind of character changes nearly each time. */
    private static boolean isRandom(String part) {
        int changes = KindChanges.in(part);
        boolean marked = part.chars().anyMatch(c -> KindChanges.isMark((char) c));
        boolean mixed = part.chars().anyMatch(Character::isUpperCase)
                && part.chars().anyMatch(Character::isLowerCase)
                && part.chars().anyMatch(Character::isDigit);
        return part.chars().noneMatch(Character::isISOControl) && changes >= (marked ? MANY : mixed ? MOST : LENGTH);
    }
}
