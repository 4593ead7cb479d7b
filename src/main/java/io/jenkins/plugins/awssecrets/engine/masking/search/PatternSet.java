package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The byte strings to look for: distinct, in order, end to end in one array. Immutable.
 *
 * <p>In this order letters and digits come before all else, so that the automaton's row of states goes on with the secret
 * as it is: where a tool puts a line break or an escape between two of its letters, only that one is in a table.
 *
 * <p>Three rules turn a form into patterns:
 *
 * <ul>
 *   <li>Fewer than {@value #SHORTEST} bytes, or nothing but {@code *}: no pattern. The first would shred the log, the
 *       second is what the mask itself looks like.
 *   <li>More than {@value #LONGEST} bytes: pieces of half that size, each a pattern of its own. They cover what the
 *       whole covers, and they bound what a stream may hold back.
 *   <li>A form that could match across a mask that was written beside it ({@link StarCore}) gives its core too.
 * </ul>
 */
public final class PatternSet {
    /** Bytes of the shortest pattern. */
    public static final int SHORTEST = 3;

    /** Bytes of the longest pattern, and so the most that a stream ever holds back. */
    static final int LONGEST = 16 * 1024;

    private static final int MOST_BYTES = (1 << SparseTable.VALUE_BITS) - 1;

    private static final PatternSet EMPTY = new PatternSet(List.of(), new BitSet());

    private final byte[] bytes;
    private final int[] ends;
    private final char[] shared;
    private final BitSet anchors;

    private PatternSet(List<byte[]> sortedDistinct, BitSet anchors) {
        this.anchors = anchors;
        ends = new int[sortedDistinct.size()];
        int total = 0;
        for (int i = 0; i < ends.length; i++) {
            total += sortedDistinct.get(i).length;
            if (total > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "the forms of the secrets take more than 256 MiB: mask fewer or smaller secrets");
            }
            ends[i] = total;
        }
        bytes = new byte[total];
        for (int i = 0; i < ends.length; i++) {
            System.arraycopy(sortedDistinct.get(i), 0, bytes, start(i), sortedDistinct.get(i).length);
        }
        shared = new char[ends.length];
        for (int i = 1; i < ends.length; i++) {
            int from = start(i);
            // They differ, so they part before the end of the later one.
            shared[i] = (char) Arrays.mismatch(bytes, start(i - 1), from, bytes, from, ends[i]);
        }
    }

    /** The set of no pattern at all. */
    public static PatternSet empty() {
        return EMPTY;
    }

    /** These patterns and those that the forms give. */
    public PatternSet with(Collection<byte[]> forms) {
        return with(forms, List.of());
    }

    /** These patterns, those that the forms give, and these anchors. */
    public PatternSet with(Collection<byte[]> forms, Collection<byte[]> moreAnchors) {
        List<byte[]> patterns = new ArrayList<>(size() + forms.size());
        List<byte[]> onlyAnchors = new ArrayList<>(moreAnchors);
        for (int i = 0; i < size(); i++) {
            (isAnchor(i) ? onlyAnchors : patterns).add(Arrays.copyOfRange(bytes, start(i), ends[i]));
        }
        forms.forEach(form -> addPatterns(form, patterns));
        List<byte[]> all = new ArrayList<>(patterns.size() + onlyAnchors.size());
        all.addAll(patterns);
        all.addAll(onlyAnchors);
        // The sort is stable: what is a pattern comes before the same bytes as an anchor, and is kept.
        all.sort(PatternSet::compare);
        Set<byte[]> anchorObjects = Collections.newSetFromMap(new IdentityHashMap<>());
        anchorObjects.addAll(onlyAnchors);
        List<byte[]> distinct = new ArrayList<>(all.size());
        BitSet marks = new BitSet();
        for (byte[] each : all) {
            if (distinct.isEmpty() || !Arrays.equals(each, distinct.get(distinct.size() - 1))) {
                marks.set(distinct.size(), anchorObjects.contains(each));
                distinct.add(each);
            }
        }
        return distinct.size() == size() && marks.equals(anchors) ? this : new PatternSet(distinct, marks);
    }

    private static int compare(byte[] one, byte[] other) {
        int at = Arrays.mismatch(one, other);
        return at < 0 || at == one.length || at == other.length
                ? one.length - other.length
                : rank(one[at]) - rank(other[at]);
    }

    private static int rank(byte c) {
        boolean letter = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        return letter ? c : (c & 0xFF) + (1 << Byte.SIZE);
    }

    /** Whether it is looked for only to find out where to look for a layout, and is not masked. */
    boolean isAnchor(int index) {
        return anchors.get(index);
    }

    /** Whether a value of these bytes gives any pattern. */
    public static boolean isMaskable(byte[] value) {
        return value.length >= SHORTEST && !StarCore.isStarsOnly(value);
    }

    public int size() {
        return ends.length;
    }

    /** Bytes of all patterns together. */
    public int totalLength() {
        return bytes.length;
    }

    public int length(int index) {
        return ends[index] - start(index);
    }

    byte byteAt(int index, int offset) {
        return bytes[start(index) + offset];
    }

    /** How many leading bytes a pattern has in common with the one before it; 0 for the first. */
    public int sharedWithPrevious(int index) {
        return shared[index];
    }

    /** At most eight bytes of a pattern, the first of them lowest. */
    public long bytes(int index, int from, int until) {
        long value = 0;
        for (int offset = until - 1; offset >= from; offset--) {
            value = value << Byte.SIZE | byteAt(index, offset) & 0xFF;
        }
        return value;
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private static void addPatterns(byte[] form, List<byte[]> into) {
        if (form.length > LONGEST) {
            int piece = LONGEST / 2;
            for (int at = 0; at < form.length; at += piece) {
                // The last piece reaches back, so that it is no shorter than the others.
                int start = Math.min(at, form.length - piece);
                addPatterns(Arrays.copyOfRange(form, start, start + piece), into);
            }
        } else if (isMaskable(form)) {
            into.add(form);
            StarCore.of(form).ifPresent(into::add);
        }
    }
}
