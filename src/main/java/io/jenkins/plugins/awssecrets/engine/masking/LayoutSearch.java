package io.jenkins.plugins.awssecrets.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds, in a text of which all has to be looked at, where letters may be those of a skeleton. Each fourth letter is looked
 * up with the three before it: of the {@value Skeleton#SHORTEST} letters of a match, four in a row are then. As four may be
 * known by chance, those one letter before or behind have to be known too.
 *
 * <p>Letters are gathered first and looked up then: whether a byte is a letter decides no branch, which in the words and
 * punctuation of a log would be taken by surprise.
 */
final class LayoutSearch {
    private static final int HEAD = LayoutMatcher.HEAD;
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** So many letters are gathered at most. */
    private static final int MOST = 256;

    private static final int SPECIAL = LayoutByte.UNIT | LayoutByte.LINE_BREAK;
    private static final int WORD_BIT = Integer.numberOfTrailingZeros(LayoutByte.WORD);
    private static final int NONE = Integer.MIN_VALUE;

    private final byte[] letters = new byte[MOST + 1];
    private final int[] positions = new int[MOST + 1];
    private int count;

    /** The first letter of the next four to be looked up. */
    private int next;

    private int start;

    /** Where a match that was found, or one that goes on behind the end, begins at the earliest. */
    int start() {
        return start;
    }

    /** Looks from a position on, before which nothing begins; answers with a position in a match, or with the end. */
    int next(LayoutText text, int from, LayoutMatcher matcher) {
        start = from;
        count = 0;
        next = 0;
        int at = from;
        while (at < text.end()) {
            if (count == MOST) {
                int found = lookUp(matcher);
                if (found != NONE) {
                    return found;
                }
            }
            at = gather(text, at);
            if (at == text.end() || count == MOST || !LayoutByte.is(text.at(at), SPECIAL)) {
                continue;
            }
            if (text.at(at) == '\n') {
                if (count >= HEAD && matcher.knows((int) FOUR.get(letters, count - HEAD))) {
                    int found = lookUp(matcher);
                    // What stands in front of the next line may be none of its letters.
                    return found != NONE ? found : at + 1;
                }
                at++;
                continue;
            }
            int unit = LayoutUnit.read(text, at);
            if (unit == LayoutUnit.INCOMPLETE) {
                break;
            }
            add(LayoutUnit.character(unit), at);
            at += Math.max(1, LayoutUnit.length(unit));
        }
        int found = lookUp(matcher);
        return found != NONE ? found : text.end();
    }

    /** Gathers letters up to what is none by itself, of the bytes held back or of those that came. */
    private int gather(LayoutText text, int from) {
        boolean held = from < 0;
        byte[] bytes = held ? text.held() : text.bytes();
        int offset = held ? text.heldEnd() : text.offset();
        // One letter a byte at most, so that there is room for all.
        int end = Math.min(held ? 0 : text.end(), from + MOST - count);
        int letter = count;
        int at = from;
        for (; at < end; at++) {
            byte c = bytes[offset + at];
            int kind = LayoutByte.kind(c & 0xFF);
            if ((kind & SPECIAL) != 0) {
                break;
            }
            letters[letter] = c;
            positions[letter] = at;
            letter += kind >>> WORD_BIT & 1;
        }
        count = letter;
        return at;
    }

    private void add(int c, int at) {
        letters[count] = (byte) c;
        positions[count] = at;
        count += LayoutUnit.isWord(c) ? 1 : 0;
    }

    /** A position in a match among what was gathered; else the last letters are kept, with which one may go on. */
    private int lookUp(LayoutMatcher matcher) {
        for (; next + HEAD <= count; next += HEAD) {
            if (!matcher.knows((int) FOUR.get(letters, next))) {
                start = positions[next + 1];
                continue;
            }
            if (next > 0 && matcher.knows((int) FOUR.get(letters, next - 1))) {
                return positions[next + HEAD - 1];
            }
            if (next + HEAD == count) {
                break;
            }
            if (matcher.knows((int) FOUR.get(letters, next + 1))) {
                return positions[next + HEAD];
            }
            start = positions[next + 2];
        }
        int kept = Math.max(0, next - 1);
        System.arraycopy(letters, kept, letters, 0, count - kept);
        System.arraycopy(positions, kept, positions, 0, count - kept);
        count -= kept;
        next -= kept;
        return NONE;
    }
}
