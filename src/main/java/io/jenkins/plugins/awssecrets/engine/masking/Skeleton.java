package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The letters and digits of a text, without what layout and escapers put between them: what is left the same when a tool
 * wraps, quotes, colours or frames it.
 */
final class Skeleton {
    /** Fewer characters are found by chance. */
    static final int SHORTEST = 7;

    /** From this length on a text that is a word or a number is found no more by chance than any other. */
    private static final int LONGER_THAN_WORDS = 16;

    private Skeleton() {}

    /** The skeletons to look for where this text may be found: a tool may part the escapes in it, or the tags. */
    static Collection<byte[]> of(byte[] text) {
        if (!hasUnits(text)) {
            byte[] plain = plain(text);
            return isDistinctive(text, plain) ? List.of(plain) : List.of();
        }
        Map<String, byte[]> skeletons = new LinkedHashMap<>();
        for (IntPredicate units : List.<IntPredicate>of(c -> true, c -> c == '<', c -> c != '<', c -> false)) {
            byte[] skeleton = decoded(text, units);
            skeletons.putIfAbsent(new String(skeleton, StandardCharsets.ISO_8859_1), skeleton);
        }
        return skeletons.values().stream()
                .filter(each -> isDistinctive(text, each))
                .toList();
    }

    private static boolean hasUnits(byte[] text) {
        for (byte each : text) {
            if (LayoutUnit.begins(each & 0xFF)) {
                return true;
            }
        }
        return false;
    }

    /** The letters and digits. */
    static byte[] plain(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        for (byte each : text) {
            if (LayoutUnit.isWord(each & 0xFF)) {
                out.write(each);
            }
        }
        return out.toByteArray();
    }

    /** The same of what the units stand for that begin with some characters. */
    private static byte[] decoded(byte[] bytes, IntPredicate units) {
        LayoutText text = LayoutText.of(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        while (at < text.end()) {
            int unit = units.test(text.at(at)) ? LayoutUnit.read(text, at) : 0;
            int length = LayoutUnit.length(unit);
            int c = length > 0 ? LayoutUnit.character(unit) : text.at(at);
            if (LayoutUnit.isWord(c)) {
                out.write(c);
            }
            at += Math.max(1, length);
        }
        return out.toByteArray();
    }

    /** Whether what is found is hardly anything else: a short one has to be more than words and numbers. */
    private static boolean isDistinctive(byte[] text, byte[] skeleton) {
        if (skeleton.length >= LONGER_THAN_WORDS || skeleton.length < SHORTEST) {
            return skeleton.length >= SHORTEST;
        }
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] >= 0 && !LayoutUnit.isWord(text[at])) {
                if (at > from && !isWordOrNumber(text, from, at)) {
                    return true;
                }
                from = at + 1;
            }
        }
        return false;
    }

    /** A word in one case or with a capital first, with a number after it or not; letters beyond ASCII have no case. */
    private static boolean isWordOrNumber(byte[] text, int from, int until) {
        String run = new String(text, from, until - from, StandardCharsets.ISO_8859_1);
        return run.matches("([A-Z]?[a-z\\x80-\\xff]*|[A-Z\\x80-\\xff]*)[0-9]*");
    }
}
