package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.Arrays;
import java.util.Optional;

/**
 * What keeps masking idempotent for secrets that contain {@code *}.
 *
 * <p>A mask is {@code ****}. A form that begins or ends with {@code *}, or holds four of them in a row, could match in
 * the output what was no match in the input: with the secrets {@code foo} and {@code *bar1}, the text {@code foobar1}
 * would become {@code ****bar1}. So the longest part of such a form that can not touch a mask is looked for by itself;
 * wherever it is found it is masked, and nothing that a mask could complete is left.
 */
public final class StarCore {
    private static final byte STAR = '*';
    private static final int MASK_LENGTH = 4;

    private StarCore() {}

    static boolean isStarsOnly(byte[] form) {
        for (byte each : form) {
            if (each != STAR) {
                return false;
            }
        }
        return true;
    }

    /**
     * The core, when the form needs one and it is at least half as long as the form and no shorter than a pattern may
     * be. A smaller part would hide innocent text, which is worse than a second {@code ****}.
     */
    public static Optional<byte[]> of(byte[] form) {
        int bestStart = 0;
        int bestEnd = 0;
        int start = 0;
        while (start < form.length) {
            start = skipStars(form, start);
            int end = partEnd(form, start);
            if (end - start > bestEnd - bestStart) {
                bestStart = start;
                bestEnd = end;
            }
            start = end;
        }
        int length = bestEnd - bestStart;
        boolean needed = length < form.length;
        boolean enough = length >= PatternSet.SHORTEST && 2 * length >= form.length;
        return needed && enough ? Optional.of(Arrays.copyOfRange(form, bestStart, bestEnd)) : Optional.empty();
    }

    /** The end of the part that starts here: before the next four stars, or before the stars that end the form. */
    private static int partEnd(byte[] form, int start) {
        int end = start;
        while (end < form.length) {
            int afterStars = skipStars(form, end);
            if (afterStars == form.length || afterStars - end >= MASK_LENGTH) {
                return end;
            }
            end = afterStars + 1;
        }
        return end;
    }

    private static int skipStars(byte[] form, int from) {
        int at = from;
        while (at < form.length && form[at] == STAR) {
            at++;
        }
        return at;
    }
}
