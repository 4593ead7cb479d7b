package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.plain.KindChanges;

/**
 * Ten characters of a password full of punctuation, which tools shorten, split at a blank or change in one place. Of
 * a short one they overlap, so that most of what is left holds one; of a long one the first and the last ten are parts,
 * since its letters are looked for too.
 */
final class PartForms implements FormFamily {
    static final int LENGTH = 10;
    private static final int STEP = 5;

    /** Bytes of a value that has forms as short as a part; of most longer ones they would slow the search for all. */
    private static final int SHORT = 24;

    private static final int LONGEST = 128;

    /** So many letters and digits in a row are found without a look at all of a log. */
    private static final int LONG_RUN = 8;

    /** So many changes of the kind of character show a part of a password that has a mark no address has. */
    private static final int MANY = 6;

    /** And of one that has none. */
    private static final int MOST = 7;

    @Override
    public void derive(Subject subject, Patterns into) {
        String text = subject.text().orElse("");
        if (subject.scope() != Scope.WHOLE || !hasParts(text)) {
            return;
        }
        for (int from = 0; from + LENGTH < text.length(); from += text.length() > SHORT ? text.length() : STEP) {
            if (isPart(text, from)) {
                into.add(text.substring(from, from + LENGTH));
            }
        }
        if (isPart(text, text.length() - LENGTH)) {
            into.add(text.substring(text.length() - LENGTH));
        }
    }

    /** Whether the first ten characters are hidden wherever they stand. */
    static boolean hidesBegin(String text) {
        return hasParts(text) && isPart(text, 0);
    }

    /** Whether the last ten are. */
    static boolean hidesEnd(String text) {
        return hasParts(text) && isPart(text, text.length() - LENGTH);
    }

    private static boolean hasParts(String text) {
        return text.length() > LENGTH
                && (text.length() <= SHORT || isFullOfPunctuation(text))
                // An address is public.
                && !text.contains("://");
    }

    private static boolean isFullOfPunctuation(String text) {
        int run = 0;
        for (int at = 0; at < text.length() && run < LONG_RUN; at++) {
            run = Character.isLetterOrDigit(text.charAt(at)) ? run + 1 : 0;
        }
        return run < LONG_RUN && text.length() <= LONGEST;
    }

    private static boolean isPart(String text, int from) {
        String part = text.substring(from, from + LENGTH);
        boolean cutsACharacter = Character.isLowSurrogate(part.charAt(0)) || Character.isHighSurrogate(part.charAt(9));
        return !cutsACharacter && part.strip().equals(part) && isRandom(part);
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
