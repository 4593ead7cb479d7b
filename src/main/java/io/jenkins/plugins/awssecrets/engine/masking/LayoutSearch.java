package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * Finds, in a text of which all has to be looked at, where letters may be those of a skeleton. Each fourth letter is looked
 * up with the three before it: of the {@value Skeleton#SHORTEST} letters of a match, four in a row are then. As four may be
 * known by chance, those one letter before or behind have to be known too.
 */
final class LayoutSearch {
    private final int[] positions = new int[LayoutMatcher.HEAD];
    private int start;

    /** Where a match that was found, or one that goes on behind the end, begins at the earliest. */
    int start() {
        return start;
    }

    /** Looks from a position on, before which nothing begins; answers with a position in a match, or with the end. */
    int next(LayoutText text, int from, LayoutMatcher matcher) {
        start = from;
        long letters = 0;
        int count = 0;
        boolean maybe = false;
        int at = from;
        while (at < text.end()) {
            int c = text.at(at);
            int length = 1;
            int kind = LayoutByte.kind(c);
            if ((kind & LayoutByte.WORD) == 0) {
                if ((kind & LayoutByte.LINE_BREAK) != 0
                        && count >= LayoutMatcher.HEAD
                        && matcher.knows((int) (letters >>> Integer.SIZE))) {
                    // What stands in front of the next line may be none of its letters.
                    return at + 1;
                }
                if ((kind & LayoutByte.UNIT) == 0) {
                    at++;
                    continue;
                }
                int unit = LayoutUnit.read(text, at);
                if (unit == LayoutUnit.INCOMPLETE) {
                    return text.end();
                }
                length = Math.max(1, LayoutUnit.length(unit));
                c = LayoutUnit.character(unit);
                if (!LayoutUnit.isWord(c)) {
                    at += length;
                    continue;
                }
            }
            letters = letters >>> Byte.SIZE | (long) c << Long.SIZE - Byte.SIZE;
            positions[count++ % LayoutMatcher.HEAD] = at;
            at += length;
            if (maybe || count % LayoutMatcher.HEAD == 0) {
                boolean known = matcher.knows((int) (letters >>> Integer.SIZE));
                if (known
                        && (maybe
                                || count > LayoutMatcher.HEAD
                                        && matcher.knows((int) (letters >>> Integer.SIZE - Byte.SIZE)))) {
                    return at;
                }
                if (!known) {
                    start = positions[(count + 1) % LayoutMatcher.HEAD];
                }
                maybe = known;
            }
        }
        return text.end();
    }
}
