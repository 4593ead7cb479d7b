package io.jenkins.plugins.awssecrets.engine.diagnosis;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant: the same letters with other case or punctuation, or a few edits away. */
public final class Spelling {
    private static final int MOST_SUGGESTIONS = 3;
    /** Letters, of which one that is wrong is too many, but not two that are swapped. */
    private static final int SHORT = 3;

    private Spelling() {}

    /** The candidates that are near, the nearest first; three at most, and none that is the text itself. */
    static List<String> near(String text, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.equals(text) && isNear(text, candidate))
                .distinct()
                .sorted(Comparator.<String>comparingInt(candidate -> distance(letters(text), letters(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    /** The nearest of them; empty where none is near. */
    public static Optional<String> nearest(String text, Collection<String> candidates) {
        return near(text, candidates).stream().findFirst();
    }

    /** The candidate that is at most so many edits away, case and punctuation aside. */
    static Optional<String> within(int edits, String text, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(letters(text), letters(candidate)) <= edits)
                .min(Comparator.comparingInt(candidate -> distance(letters(text), letters(candidate))));
    }

    static boolean isNear(String one, String other) {
        String a = letters(one);
        String b = letters(other);
        if (a.equals(b)) {
            return true;
        }
        int length = Math.max(a.length(), b.length());
        // A letter in four may be wrong: more, and short names are near everything.
        return Math.abs(a.length() - b.length()) <= length / 4 && distance(a, b) <= length / 4
                || length == SHORT && isSwap(a, b);
    }

    /** Two neighbours in the wrong order. */
    private static boolean isSwap(String a, String b) {
        return a.length() == b.length()
                && distance(a, b) == 1
                && a.chars().sum() == b.chars().sum();
    }

    /** Case and punctuation are what people get wrong most. */
    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(int[][] steps, String a, String b, int i, int j) {
        int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
