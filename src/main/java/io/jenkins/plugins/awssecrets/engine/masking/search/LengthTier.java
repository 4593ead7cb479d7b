package io.jenkins.plugins.awssecrets.engine.masking.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Patterns of similar length have a filter of their own: the shortest pattern says how far apart a filter may look, so
 * a few short ones would slow the search for all.
 *
 * @param shortest bytes of the shortest pattern of the tier, at least
 * @param longest bytes of the longest, at most
 */
public record LengthTier(int shortest, int longest) {
    private static final List<LengthTier> ALL = List.of(
            new LengthTier(PatternSet.SHORTEST, 7), new LengthTier(8, 15), new LengthTier(16, PatternSet.LONGEST));

    /** Beyond this, a wider window would save little, and a large table no longer fits the processor's cache. */
    private static final int WIDEST_WINDOW = 32;

    /** Wide enough to be rare in a log, so that little else than a pattern's begin is found. */
    private static final int PREFIX_GRAM = 4;

    /** Filters that together find every place where one of the patterns may begin. */
    public static List<GramFilter> filters(PatternSet patterns) {
        List<GramFilter> filters = new ArrayList<>();
        for (LengthTier tier : ALL) {
            int shortest = tier.shortestOf(patterns);
            if (shortest <= tier.longest) {
                filters.add(tier.filter(patterns, Math.min(shortest, WIDEST_WINDOW)));
            }
        }
        return filters;
    }

    /** A filter of what patterns begin with. It looks at every byte, so it is for where the others found something. */
    public static GramFilter prefixes(PatternSet patterns) {
        int shortest =
                IntStream.range(0, patterns.size()).map(patterns::length).min().orElse(PREFIX_GRAM);
        int gram = Math.min(PREFIX_GRAM, shortest);
        GramFilter filter = GramFilter.of(gram, gram, patterns.size());
        for (int i = 0; i < patterns.size(); i++) {
            filter.add(patterns.bytes(i, 0, gram));
        }
        return filter.compact();
    }

    private int shortestOf(PatternSet patterns) {
        return IntStream.range(0, patterns.size())
                .map(patterns::length)
                .filter(this::contains)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private boolean contains(int length) {
        return length >= shortest && length <= longest;
    }

    private GramFilter filter(PatternSet patterns, int window) {
        int[] shared = sharedWithinTier(patterns);
        int expected = 0;
        for (int i = 0; i < shared.length; i++) {
            expected += Math.max(0, window - shared[i]);
        }
        int gram = Math.min(window, gram(expected));
        GramFilter filter = GramFilter.of(window, gram, expected);
        for (int i = 0; i < shared.length; i++) {
            for (int end = Math.max(gram, shared[i] + 1); end <= window; end++) {
                filter.add(patterns.bytes(i, end - gram, end));
            }
        }
        return filter.compact();
    }

    /**
     * How many bytes to look at together. Fewer leave more places to skip, but are found more often by chance. In build
     * logs a byte tells about 4.5 bits, by which this keeps the finds by chance below one in 512.
     */
    private static int gram(int grams) {
        int gram = PatternSet.SHORTEST;
        while (gram < Long.BYTES && grams > Math.pow(2, 4.5 * gram - 9)) {
            gram++;
        }
        return gram;
    }

    /** For each pattern of the tier, how many bytes it shares with the one before it in the tier; others share all. */
    private int[] sharedWithinTier(PatternSet patterns) {
        int[] result = new int[patterns.size()];
        int least = 0;
        for (int i = 0; i < result.length; i++) {
            // What two patterns of an ordered list share is the least that any two neighbours between them share.
            least = Math.min(least, patterns.sharedWithPrevious(i));
            result[i] = PatternSet.LONGEST;
            if (contains(patterns.length(i))) {
                result[i] = least;
                least = Integer.MAX_VALUE;
            }
        }
        return result;
    }
}
