package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.Anchors;
import io.jenkins.plugins.awssecrets.engine.masking.search.MaskedRuns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.regex.Pattern;

/** Which bytes of a text are part of a match of a pattern: the plainest way to mask, to test the patterns by. */
final class Coverage {
    private static final Pattern ARMOUR = Pattern.compile("-----(BEGIN|END) [A-Z ]+-----");

    private final byte[] text;
    private final BitSet covered = new BitSet();

    Coverage(Collection<byte[]> patterns, byte[] text) {
        this.text = text;
        String haystack = latin1(text);
        for (byte[] pattern : patterns) {
            String needle = latin1(pattern);
            for (int at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
                covered.set(at, at + needle.length());
            }
        }
    }

    /** What a masker covers, in one piece. */
    Coverage(Masker masker, byte[] text) {
        this.text = text;
        Matcher matcher = masker.matcher();
        MaskedRuns runs = new MaskedRuns();
        Anchors anchors = new Anchors();
        matcher.scan(Matcher.START, text, 0, text.length, 0, matcher.begins(), runs, anchors);
        if (!matcher.layout().isEmpty()) {
            new LayoutScan(matcher.layout()).append(LayoutText.of(text), anchors, runs);
        }
        for (int i = 0; i < runs.size(); i++) {
            covered.set(runs.start(i), runs.end(i));
        }
    }

    /** The text with each run of covered bytes as {@code ****}. */
    String masked() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length; ) {
            if (covered.get(i)) {
                out.append("****");
                i = covered.nextClearBit(i);
            } else {
                out.append((char) (text[i++] & 0xff));
            }
        }
        return out.toString();
    }

    boolean hides(byte[] leaked) {
        return !masked().contains(latin1(leaked));
    }

    /**
     * The length of the longest run of the leaked text that no pattern covers. The blanks and a PEM's armour at the ends
     * of a run are no secret and do not count.
     */
    int longestSurvivor(byte[] leaked) {
        int start = latin1(text).indexOf(latin1(leaked));
        int end = start + leaked.length;
        int longest = 0;
        for (int i = covered.nextClearBit(start); i < end; ) {
            int next = covered.nextSetBit(i);
            int to = next < 0 ? end : Math.min(next, end);
            String run = latin1(Arrays.copyOfRange(text, i, to));
            longest =
                    Math.max(longest, ARMOUR.matcher(run).replaceAll("").strip().length());
            i = covered.nextClearBit(to);
        }
        return longest;
    }

    static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return Arrays.toString(text) + " " + covered;
    }
}
