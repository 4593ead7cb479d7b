package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * Reads the end of a text that ends as most do: with four letters, close to one another in one line and part of nothing
 * else, that no skeleton has in a row. Only the last three of them can begin what goes on behind the end. Such a look is
 * all that most writes of a log cost; what ends otherwise is for {@link LayoutTail}.
 *
 * <p>The last bytes are looked at as bits, a set for each of their {@linkplain LayoutByte kinds}, since branches that go
 * another way in each text take most of the time.
 */
final class LayoutEnd {
    /** The four letters are among so many bytes. */
    private static final int NEAR = Integer.SIZE;

    /** Mostly they are among so few, with what tells that they are part of nothing else. */
    private static final int NEARER = NEAR / 2;

    /** Of what says where the four letters are: so many bits for each, the last letter lowest. */
    private static final int INDEX = 5;

    /** Whether something stands behind each of the last three letters, the last one lowest. */
    private static final int GAPS = INDEX * LayoutMatcher.HEAD;

    private static final int BREAK = 1 << GAPS + 3;
    private static final int NONE = -1;

    private LayoutEnd() {}

    /** Leaves the last three letters of the text, and answers true; or the letters as they were, and false. */
    static boolean read(LayoutText text, Letters letters, LayoutMatcher matcher) {
        int found = find(text, text.end(), matcher, true);
        if (found == NONE) {
            return false;
        }
        int near = text.end() - NEAR;
        letters.clear(near + index(found, 2));
        for (int letter = 2; letter >= 0; letter--) {
            int at = near + index(found, letter);
            letters.add(text.at(at), at, at + 1, 0);
            letters.blank((found >> GAPS + letter & 1) != 0);
        }
        if ((found & BREAK) != 0) {
            letters.lineBreak();
        }
        return true;
    }

    /** Whether the text up to a line break certainly ends as said above. */
    static boolean isAt(LayoutText text, int lineBreak, LayoutMatcher matcher) {
        return find(text, lineBreak, matcher, false) != NONE;
    }

    private static int index(int found, int letter) {
        return found >>> letter * INDEX & (1 << INDEX) - 1;
    }

    /** @param prefixes whether to look at what stands in front of the line too, where that is needed to tell */
    private static int find(LayoutText text, int end, LayoutMatcher matcher, boolean prefixes) {
        return find(text, end, matcher, prefixes, NEARER);
    }

    private static int find(LayoutText text, int end, LayoutMatcher matcher, boolean prefixes, int near) {
        int eights = Math.min(end, near) / Long.BYTES;
        if (eights <= 0) {
            return NONE;
        }
        int begin = end - NEAR;
        int missing = NEAR - eights * Long.BYTES;
        byte[] bytes = text.bytes();
        int from = text.offset() + begin;
        long a = missing > 0 ? 0 : LayoutByte.kindsOfEight(bytes, from);
        long b = missing > 8 ? 0 : LayoutByte.kindsOfEight(bytes, from + 8);
        long c = missing > 16 ? 0 : LayoutByte.kindsOfEight(bytes, from + 16);
        long d = LayoutByte.kindsOfEight(bytes, from + 24);

        int words = LayoutByte.of(LayoutByte.WORD, a, b, c, d);
        if (Integer.bitCount(words) < LayoutMatcher.HEAD) {
            return near < NEAR ? find(text, end, matcher, prefixes, NEAR) : NONE;
        }
        int fourth = last(words);
        int third = last(words & ~(-1 << fourth));
        int second = last(words & ~(-1 << third));
        int first = last(words & ~(-1 << second));
        int gram = Byte.toUnsignedInt(bytes[from + first])
                | Byte.toUnsignedInt(bytes[from + second]) << Byte.SIZE
                | Byte.toUnsignedInt(bytes[from + third]) << 2 * Byte.SIZE
                | Byte.toUnsignedInt(bytes[from + fourth]) << 3 * Byte.SIZE;
        int shorts = LayoutByte.of(LayoutByte.SHORT, a, b, c, d);
        int longs = LayoutByte.of(LayoutByte.LONG, a, b, c, d);
        int breaks = LayoutByte.of(LayoutByte.LINE_BREAK, a, b, c, d);
        if ((shorts | longs) >>> first != 0 || (breaks & ~(-1 << fourth)) >>> first != 0 || matcher.knows(gram)) {
            return NONE;
        }
        int position = begin + first;
        int before = ~(-1 << first);
        int notInShort = before & ~(words | LayoutByte.of(LayoutByte.IN_SHORT, a, b, c, d));
        int noParameter = before & ~LayoutByte.of(LayoutByte.PARAMETER, a, b, c, d);
        int earliest = Math.max(text.begin(), position - LayoutUnit.LONGEST);
        int stop = last((longs | breaks) & before);
        int line = stop < 0 ? LayoutTail.lastLongOrBreak(text, earliest, begin + missing) : begin + stop;
        boolean free = last(notInShort) >= missing
                && (shorts & Integer.highestOneBit(notInShort)) == 0
                && last(noParameter) >= missing
                && bytes[from + last(noParameter)] != '['
                && (line < earliest || text.at(line) == '\n');
        if (!free) {
            if (near < NEAR) {
                return find(text, end, matcher, prefixes, NEAR);
            }
            if (!prefixes || LayoutTail.coveredFrom(text, position, matcher) < position) {
                return NONE;
            }
        } else if (line >= earliest) {
            int noPrefix = LayoutByte.of(LayoutByte.NO_PREFIX, a, b, c, d) & before & -1 << Math.max(0, stop);
            if (noPrefix == 0
                    && !LayoutTail.hasNoPrefix(text, line, Math.max(line, begin + missing))
                    && (!prefixes || LayoutTail.isInPrefix(text, line, position, matcher))) {
                return NONE;
            }
        }
        int blanks = LayoutByte.of(LayoutByte.BLANK, a, b, c, d) | breaks;
        return first << 3 * INDEX
                | second << 2 * INDEX
                | third << INDEX
                | fourth
                | any(blanks, fourth, NEAR - 1) << GAPS
                | any(blanks, third, fourth) << GAPS + 1
                | any(blanks, second, third) << GAPS + 2
                | any(breaks, fourth, NEAR - 1) << GAPS + 3;
    }

    /** The number of the last of some bits; -1 for none. */
    private static int last(int bits) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(bits);
    }

    /** 1 where there is one of some bits. */
    private static int any(int bits, int from, int until) {
        return (bits >>> from & (2 << until - from) - 1) != 0 ? 1 : 0;
    }
}
