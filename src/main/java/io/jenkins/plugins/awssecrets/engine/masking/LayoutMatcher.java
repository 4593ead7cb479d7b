package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.Automaton;
import io.jenkins.plugins.awssecrets.engine.masking.search.PatternSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is looked for over the layout of a text: the {@linkplain Skeleton letters and digits} of secrets and of their
 * encodings, whatever stands between two of them. Immutable; all streams of a {@link Masker} share it.
 *
 * <p>Reading every letter of a log would be slow, so it is read only where something is found that is hardly there by
 * chance: an {@linkplain #anchors anchor} (some bytes of the secret in a row), a terminal sequence, markup. Secrets that
 * tools cut at every third character are looked for {@linkplain #everywhere everywhere}.
 */
final class LayoutMatcher {
    /** Bytes of an anchor: as many as the shortest pattern of the fastest filter has. */
    static final int ANCHOR = 20;

    /** What stands between two words of which each is marked up: as long as an anchor. */
    private static final List<String> MARKUP = List.of("</span><span class=\"", "</span><span style=\"");

    private static final int STEP = 4;
    private static final int LONG_STEP = 16;
    private static final int LONG = 256;
    private static final int MOST_ANCHORS = 24;
    private static final int NARROWEST = 8;

    /** Columns from which on any line break is looked for, and so many bytes of the text in front of it. */
    private static final int BEFORE = 10;

    /** Columns of the widest lines that leave no anchor whole: a line break is among as many bytes. */
    private static final int WIDEST = ANCHOR - 1;

    private static final int UNEVEN = 11;

    private static final byte ESC = 0x1b;

    /** The first letters of a match are in one word; so many in a row are looked up at once. */
    static final int HEAD = 4;

    /** Of a colour, mostly. */
    private static final int LONGEST_SEQUENCE = 20;

    /** How far from a terminal sequence the letters next to it may be. */
    private static final int FAR = 40;

    private static final int MULTIPLIER = 0x9E3779B1;

    /** A table of two to this power bits is in a cache near the processor. */
    private static final int NEAR = 20;

    private static final LayoutMatcher NONE = new LayoutMatcher(PatternSet.empty(), new long[0], false);

    private final PatternSet skeletons;
    private final Automaton automaton;
    private final long[] anchors;
    private final boolean everywhere;
    private final long[] grams;
    private final int gramShift;
    private final LayoutHeads heads;

    private LayoutMatcher(PatternSet skeletons, long[] anchors, boolean everywhere) {
        this.skeletons = skeletons;
        this.anchors = anchors;
        this.everywhere = everywhere;
        automaton = Automaton.of(skeletons);
        heads = new LayoutHeads(skeletons);
        int bits = 12;
        // One gram in 100 is known by chance, and one in 10 where so sparse a table would be large.
        while (bits < 24 && 1 << bits < (bits < NEAR ? 20L : 5L) * skeletons.totalLength()) {
            bits++;
        }
        gramShift = Integer.SIZE - bits + 6;
        grams = new long[1 << bits - 6];
        for (int i = 0; i < skeletons.size(); i++) {
            for (int end = Math.max(HEAD, skeletons.sharedWithPrevious(i) + 1); end <= skeletons.length(i); end++) {
                int hash = (int) skeletons.bytes(i, end - HEAD, end) * MULTIPLIER;
                grams[hash >>> gramShift] |= 1L << hash | 1L << (hash >>> 6);
            }
        }
    }

    static LayoutMatcher none() {
        return NONE;
    }

    /** This one, or one that looks for these texts too. */
    LayoutMatcher with(Collection<LayoutForm> forms) {
        List<byte[]> more = new ArrayList<>();
        Set<Long> known = new HashSet<>();
        Arrays.stream(anchors).forEach(known::add);
        boolean all = everywhere;
        for (LayoutForm form : forms) {
            more.addAll(form.skeletons());
            anchors(form).forEach(anchor -> known.add(hash(LayoutText.of(anchor), 0)));
            all |= form.everywhere();
        }
        PatternSet after = skeletons.with(more);
        if (after == skeletons && all == everywhere && known.size() == anchors.length) {
            return this;
        }
        return new LayoutMatcher(
                after, known.stream().mapToLong(Long::longValue).sorted().toArray(), all);
    }

    /**
     * The bytes of which some are left in a row where a tool wraps the text, at 31 columns or more; at fewer where nothing
     * but a line break stands between two lines. One is enough to find a match, so a long text has no more than
     * {@value #MOST_ANCHORS}, at uneven distances: no width of lines cuts all.
     */
    static List<byte[]> anchors(LayoutForm form) {
        List<byte[]> anchors = new ArrayList<>();
        byte[] text = form.text();
        if (!form.skeletons().isEmpty() && text.length >= ANCHOR) {
            int shortest = form.isEncoded() || text.length > LONG ? LONG_STEP : STEP;
            int step = Math.max(shortest, text.length / MOST_ANCHORS);
            for (int from = 0, i = 0;
                    from + ANCHOR < text.length;
                    from += step > LONG_STEP ? step + i++ * 7 % UNEVEN : step) {
                anchors.add(anchor(text, from));
            }
            anchors.add(anchor(text, text.length - ANCHOR));
            anchors.addAll(form.parts());
            if (form.beginsAFile()) {
                for (int columns = NARROWEST; columns < BEFORE; columns++) {
                    anchors.add(wrapped(text, columns));
                }
                int first = Math.max(2, Math.min(BEFORE, (text.length - WIDEST) / 2));
                for (int at = first; at < Math.min(first + WIDEST, text.length); at++) {
                    anchors.add(parted(text, at));
                }
            }
            MARKUP.forEach(markup -> anchors.add(markup.getBytes(StandardCharsets.US_ASCII)));
        }
        return anchors;
    }

    /**
     * The first bytes in lines of so many columns, from the second one on: so they part from no text that is in one line,
     * where the automaton would have to look into a table at each column.
     */
    private static byte[] wrapped(byte[] text, int columns) {
        byte[] out = new byte[ANCHOR];
        for (int at = 1, from = 1; at <= ANCHOR; at++) {
            out[at - 1] = at % (columns + 1) == columns ? (byte) '\n' : text[from++];
        }
        return out;
    }

    /** What stands around a line break, from the second byte on at the earliest, for the same reason. */
    private static byte[] parted(byte[] text, int lineBreak) {
        byte[] out = new byte[ANCHOR];
        int begin = Math.max(1, Math.min(lineBreak - BEFORE, text.length - WIDEST));
        for (int at = 0, from = begin; at < ANCHOR; at++) {
            out[at] = at == lineBreak - begin ? (byte) '\n' : text[from++];
        }
        return out;
    }

    /** The beginning of an anchor is held back: the blank at the end of a prompt is not to be one. */
    private static byte[] anchor(byte[] text, int from) {
        int begin = from;
        while (begin > 0 && text[begin] == ' ') {
            begin--;
        }
        return Arrays.copyOfRange(text, begin, begin + ANCHOR);
    }

    boolean isEmpty() {
        return skeletons.size() == 0;
    }

    /** Whether all of a text has to be read. */
    boolean everywhere() {
        return everywhere;
    }

    Automaton automaton() {
        return automaton;
    }

    LayoutHeads heads() {
        return heads;
    }

    /**
     * The first terminal sequence, at this position or later, on both sides of which stand letters that are in a row in a
     * skeleton; the end of the text for none.
     */
    int nextSequence(LayoutText text, int from) {
        byte[] bytes = text.bytes();
        int end = text.offset() + text.end();
        int at = LayoutByte.next(ESC, bytes, text.offset() + from, end);
        while (at < end && !knowsAround(text, at - text.offset(), text.begin(), text.end())) {
            at = LayoutByte.next(ESC, bytes, at + 1, end);
        }
        return at - text.offset();
    }

    /** Whether two letters before and two behind a sequence, in its line, are known in a row. */
    private boolean knowsAround(LayoutText text, int sequence, int begin, int end) {
        int gram = 0;
        int found = 0;
        for (int at = sequence - 1; at >= Math.max(begin, sequence - FAR) && text.at(at) != '\n'; at--) {
            int c = text.at(at);
            if (LayoutUnit.isWord(c)) {
                int escape = sequenceThatEnds(text, at, begin);
                if (escape < at) {
                    at = escape;
                    continue;
                }
                gram |= c << (1 - found) * Byte.SIZE;
                if (++found == 2) {
                    break;
                }
            }
        }
        if (found < 2) {
            return false;
        }
        for (int at = sequence; at < end && text.at(at) != '\n'; ) {
            int c = text.at(at);
            if (LayoutUnit.isWord(c)) {
                gram |= c << found * Byte.SIZE;
                if (++found == HEAD) {
                    return knows(gram);
                }
            }
            at += c == ESC ? Math.max(1, LayoutUnit.length(LayoutUnit.read(text, at))) : 1;
        }
        return false;
    }

    /** Where the terminal sequence is of which a letter is the last byte; the letter's position for none. */
    private static int sequenceThatEnds(LayoutText text, int letter, int begin) {
        int at = letter - 1;
        int earliest = Math.max(begin, letter - LONGEST_SEQUENCE);
        while (at > earliest && LayoutByte.is(text.at(at), LayoutByte.PARAMETER)) {
            at--;
        }
        return at > earliest && text.at(at) == '[' && text.at(at - 1) == ESC ? at - 1 : letter;
    }

    /** Whether this part of a text shows by itself that it has to be read over its layout. */
    boolean isGivenAway(LayoutText text, int start, int end) {
        if (everywhere) {
            return true;
        }
        for (int at = start; at < end; at++) {
            if (text.at(at) == ESC
                    ? knowsAround(text, at, start, end)
                    : at + ANCHOR <= end && Arrays.binarySearch(anchors, hash(text, at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether these four letters or digits, the first one lowest, are in a row in a skeleton, or seem to be. */
    boolean knows(int gram) {
        int hash = gram * MULTIPLIER;
        long word = grams[hash >>> gramShift];
        return (word >>> hash & word >>> (hash >>> 6) & 1) != 0;
    }

    private static long hash(LayoutText text, int from) {
        long hash = 0;
        for (int at = from; at < from + ANCHOR; at++) {
            hash = hash * 0x100000001B3L + text.at(at) + 1;
        }
        return hash;
    }
}
