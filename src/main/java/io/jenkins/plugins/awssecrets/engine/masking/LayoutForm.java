package io.jenkins.plugins.awssecrets.engine.masking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A text that is looked for over the layout that a tool gives it: a secret, or an encoding of it. It holds the secret.
 *
 * @param text as it is without layout
 * @param skeletons its letters and digits, and those of its parts
 * @param parts its {@linkplain ValueParts parts} that are hidden alone
 * @param isEncoded whether it is an encoding, which tools wrap at 60 columns or more
 * @param everywhere whether tools leave too little of it in a row to look for that first
 * @param beginsAFile whether it is looked for in narrow lines too, of which it begins the first
 */
record LayoutForm(
        byte[] text,
        Collection<byte[]> skeletons,
        Collection<byte[]> parts,
        boolean isEncoded,
        boolean everywhere,
        boolean beginsAFile) {
    /** What tools escape nowhere. */
    private static final String SAFE = "_.-";

    /** With so many characters in a row, a tool that escapes others leaves enough to look for. */
    private static final int LONG_RUN = 16;

    private static final int LONGEST_PASSWORD = 128;

    static LayoutForm ofEncoded(byte[] text, boolean beginsAFile) {
        return new LayoutForm(text, Skeleton.of(text), List.of(), true, false, beginsAFile);
    }

    /** A form that is not an encoding: it is looked for everywhere where it is broken by what tools escape. */
    static LayoutForm ofPlain(byte[] text) {
        Collection<byte[]> skeletons = Skeleton.of(text);
        boolean broken = !skeletons.isEmpty() && isBroken(text);
        List<byte[]> parts = ValueParts.of(text);
        List<byte[]> all = new ArrayList<>(skeletons);
        parts.forEach(part -> all.add(Skeleton.plain(part)));
        if (broken && text.length <= LONGEST_PASSWORD) {
            skeletons.forEach(skeleton -> all.addAll(ValueParts.ofBroken(skeleton)));
        }
        return new LayoutForm(text, all, parts, false, broken, !parts.isEmpty());
    }

    private static boolean isBroken(byte[] text) {
        int run = 0;
        int longest = 0;
        for (byte each : text) {
            run = LayoutUnit.isWord(each & 0xFF) || SAFE.indexOf(each) >= 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest < Math.min(text.length, LONG_RUN);
    }

    @Override
    public String toString() {
        return "LayoutForm";
    }
}
