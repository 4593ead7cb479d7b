package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * Finds at the end of a text a position, the later the better, from which on every match is found that goes on behind the
 * end. Most texts end with four letters that no secret has in a row, which is seen by a look at them and at what they
 * stand in.
 */
final class LayoutTail {
    /** How many bytes to look at first. */
    private static final int NEAR = 24;

    /** Four such letters are among so many bytes, mostly. */
    private static final int BEHIND = 96;

    /** So many bytes are sooner read than searched for where to begin. */
    private static final int CLOSE = 128;

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private LayoutTail() {}

    /**
     * @param text up to the end that is asked for
     * @param read how far the text has been read, which is answered where reading on is as good
     */
    static int of(LayoutText text, int read, LayoutMatcher matcher) {
        int quick = quick(text, matcher);
        if (quick != UNKNOWN || text.end() - read <= CLOSE) {
            return Math.max(quick, read);
        }
        for (int bytes = NEAR; ; bytes *= 4) {
            int from = Math.max(text.begin(), text.end() - bytes);
            int found = from(text, from, matcher);
            if (found > from || from == text.begin()) {
                return found;
            }
        }
    }

    /** Goes back to four letters in a row, in one line and part of nothing else, that no skeleton has in a row. */
    private static int quick(LayoutText text, LayoutMatcher matcher) {
        int gram = 0;
        int letters = 0;
        int second = 0;
        int behind = Math.max(text.begin(), text.end() - BEHIND);
        for (int at = text.end() - 1; at >= behind; at--) {
            int c = text.at(at);
            int kind = LayoutByte.kind(c);
            if ((kind & LayoutByte.WORD) != 0) {
                gram = gram << Byte.SIZE | c;
                if (++letters >= LayoutMatcher.HEAD && !matcher.knows(gram)) {
                    int covered = coveredFrom(text, at, matcher);
                    if (covered == at) {
                        return second;
                    }
                    at = covered;
                    letters = 0;
                }
                second = at;
            } else if ((kind & (LayoutByte.UNIT | LayoutByte.LINE_BREAK)) != 0) {
                letters = 0;
            }
        }
        return UNKNOWN;
    }

    /** Where the unit, or the line break in front of a prefix, is that this position may be part of; itself for none. */
    static int coveredFrom(LayoutText text, int position, LayoutMatcher matcher) {
        int begin = Math.max(text.begin(), position - LayoutUnit.LONGEST);
        int at = shortFrom(text, position, begin);
        if (at < position) {
            return at;
        }
        boolean afterLong = false;
        for (at = lastLongOrBreak(text, begin, position); at >= begin; at = lastLongOrBreak(text, begin, at)) {
            if (text.at(at) == '\n') {
                // Nothing else goes over the end of a line.
                boolean maybe = afterLong || !hasNoPrefix(text, at, position);
                return maybe && isInPrefix(text, at, position, matcher) ? at : position;
            }
            if (isUnit(text, at, position)) {
                return at;
            }
            // A terminal sequence may be part of a prefix.
            afterLong = true;
        }
        return position;
    }

    /** Where the short unit, or the escape of a terminal sequence, is that this position may be part of. */
    private static int shortFrom(LayoutText text, int position, int begin) {
        int at = LayoutByte.lastNot(LayoutByte.WORD | LayoutByte.IN_SHORT, text, begin, position);
        if (at >= begin && LayoutByte.is(text.at(at), LayoutByte.SHORT) && isUnit(text, at, position)) {
            return at;
        }
        at = LayoutByte.lastNot(LayoutByte.PARAMETER, text, begin, position);
        int escape = at >= begin && text.at(at) == '[' ? escape(text, at) : at;
        return escape < at && escape >= begin && isUnit(text, escape, position) ? escape : position;
    }

    /** The last line break or begin of a long unit before a position; a position before {@code begin} for none. */
    static int lastLongOrBreak(LayoutText text, int begin, int position) {
        int at = position;
        for (int eight = Math.max(0, begin) + Long.BYTES; at >= eight; at -= Long.BYTES) {
            int found = LayoutByte.lastLongOrBreak(text, at - Long.BYTES);
            if (found >= 0) {
                return at - Long.BYTES + found;
            }
        }
        at--;
        while (at >= begin && !LayoutByte.is(text.at(at), LayoutByte.LONG | LayoutByte.LINE_BREAK)) {
            at--;
        }
        return at;
    }

    /** Whether a position is part of what stands in front of a line, where something may go on over the line break. */
    static boolean isInPrefix(LayoutText text, int line, int position, LayoutMatcher matcher) {
        if (LayoutEnd.isAt(text, line, matcher)) {
            return false;
        }
        int prefix = LinePrefix.length(text, line + 1);
        return prefix == LayoutUnit.INCOMPLETE || line + 1 + prefix > position;
    }

    /** Whether there is something between that no prefix has. */
    static boolean hasNoPrefix(LayoutText text, int line, int position) {
        return position - line > LinePrefix.LONGEST || LayoutByte.any(LayoutByte.NO_PREFIX, text, line + 1, position);
    }

    /** Where the escape is that ends in front of this position, such as {@code \033}; the position for none. */
    private static int escape(LayoutText text, int position) {
        int until = Math.max(text.begin(), position - LayoutUnit.LONGEST_SHORT);
        for (int at = position - 1; at >= until; at--) {
            int c = text.at(at);
            if (c == '\\') {
                return at;
            }
            if (!LayoutUnit.isWord(c) && c != '{' && c != '}') {
                break;
            }
        }
        return position;
    }

    private static boolean isUnit(LayoutText text, int from, int position) {
        int unit = LayoutUnit.read(text, from);
        return unit == LayoutUnit.INCOMPLETE || from + LayoutUnit.length(unit) > position;
    }

    /** Where after {@code from} there are letters in a row that no skeleton has; else {@code from}. */
    private static int from(LayoutText text, int from, LayoutMatcher matcher) {
        int result = from;
        int gram = 0;
        int letters = 0;
        int[] last = new int[LayoutMatcher.HEAD];
        int at = LayoutUnit.begin(text, from);
        int end = at;
        while (at < text.end()) {
            int c = text.at(at);
            int length = 1;
            if (c == '\n') {
                int prefix = at + 1 < text.end() ? LinePrefix.length(text, at + 1) : 0;
                if (prefix < 0) {
                    return result;
                }
                letters = prefix > 0 ? 0 : letters;
                length += prefix;
            } else if (LayoutUnit.begins(c)) {
                int unit = LayoutUnit.read(text, at);
                if (unit == LayoutUnit.INCOMPLETE) {
                    return result;
                }
                if (LayoutUnit.length(unit) > 0) {
                    length = LayoutUnit.length(unit);
                    c = LayoutUnit.character(unit);
                }
            }
            if (LayoutUnit.isWord(c) && at >= from) {
                if (at - end > LayoutScan.WIDEST_GAP) {
                    result = at;
                }
                end = at + length;
                gram = gram >>> Byte.SIZE | c << 3 * Byte.SIZE;
                last[letters % LayoutMatcher.HEAD] = at;
                if (++letters >= LayoutMatcher.HEAD && !matcher.knows(gram)) {
                    result = last[(letters + 1) % LayoutMatcher.HEAD];
                }
            }
            at += length;
        }
        return text.end() - end > LayoutScan.WIDEST_GAP ? text.end() : result;
    }
}
