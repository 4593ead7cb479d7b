package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.Anchors;
import io.jenkins.plugins.awssecrets.engine.masking.search.Automaton;
import io.jenkins.plugins.awssecrets.engine.masking.search.GramFilter;
import io.jenkins.plugins.awssecrets.engine.masking.search.LengthTier;
import io.jenkins.plugins.awssecrets.engine.masking.search.MaskedRuns;
import io.jenkins.plugins.awssecrets.engine.masking.search.PatternSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Everything that is compiled from a set of patterns. Immutable; all streams of a {@link Masker} share it, and each
 * keeps the one number that says where it is.
 *
 * <p>Filters find where a match may begin, and only there the automaton reads, for as long as it is on to something. So
 * text without matches costs a look at every tenth byte or so, and the worst text costs one automaton's step a byte.
 */
final class Matcher {
    /** Where a stream is before its first byte. */
    static final int START = Automaton.ROOT;

    /** With so many bytes of a pattern seen, there is no point in asking the filters. */
    private static final int CERTAIN = 8;

    private final PatternSet patterns;
    private final Automaton automaton;
    private final GramFilter[] filters;
    private final GramFilter prefixes;

    private final LayoutMatcher layout;

    private Matcher(PatternSet patterns, LayoutMatcher layout) {
        this.patterns = patterns;
        this.layout = layout;
        automaton = Automaton.of(patterns);
        filters = LengthTier.filters(patterns).toArray(GramFilter[]::new);
        prefixes = LengthTier.prefixes(patterns);
    }

    static Matcher of(PatternSet patterns) {
        return new Matcher(patterns, LayoutMatcher.none());
    }

    /** This one, or one that looks for these forms too. */
    Matcher with(Collection<byte[]> forms, Collection<LayoutForm> layoutForms) {
        List<byte[]> anchors = new ArrayList<>();
        layoutForms.forEach(form -> anchors.addAll(LayoutMatcher.anchors(form)));
        PatternSet morePatterns = patterns.with(forms, anchors);
        LayoutMatcher moreLayout = layout.with(layoutForms);
        return morePatterns == patterns && moreLayout == layout ? this : new Matcher(morePatterns, moreLayout);
    }

    /** What is looked for over the layout of the text. */
    LayoutMatcher layout() {
        return layout;
    }

    PatternSet patterns() {
        return patterns;
    }

    /**
     * Reads on.
     *
     * @param state where the stream is
     * @param atHand how many bytes in front of these are those that came before
     * @param begins of this stream's own {@link #begins}
     * @param runs is told every match, in positions that count from {@code offset}; one that began before is negative
     * @param anchors is told where anchors are
     * @return where the stream is after these bytes
     */
    int scan(
            int state,
            byte[] bytes,
            int offset,
            int length,
            int atHand,
            int[] begins,
            MaskedRuns runs,
            Anchors anchors) {
        int end = offset + length;
        Arrays.fill(begins, Integer.MIN_VALUE);
        int asked = Integer.MIN_VALUE;
        int current = state;
        int at = offset;
        while (at < end) {
            int depth = automaton.depth(current);
            // What the automaton is on to begins here.
            int earliest = at - depth;
            if (earliest > asked && depth < CERTAIN && earliest >= offset - atHand) {
                asked = begin(bytes, earliest, end, begins);
                if (asked > at) {
                    at = asked;
                    current = START;
                    if (at + 1 < end) {
                        current = automaton.begin(bytes[at], bytes[at + 1]);
                        at += 2;
                    }
                    continue;
                }
            }
            int followed = automaton.follow(current, bytes, at, end);
            if (followed >= Automaton.PASSED_ANCHOR) {
                followed -= Automaton.PASSED_ANCHOR;
                anchors.add(Math.max(at - depth, at + 1 - LayoutMatcher.ANCHOR) - offset, at + followed - offset);
            }
            current += followed;
            at += followed;
            if (at < end) {
                int reached = automaton.step(current, bytes[at++]);
                int match = automaton.matchLength(reached);
                if (match > 0) {
                    runs.cover(at - offset - match, at - offset);
                    anchors.forget(at - offset - match);
                }
                if (match < LayoutMatcher.ANCHOR && automaton.isAnchor(reached)) {
                    anchors.add(at - offset - LayoutMatcher.ANCHOR, at - offset);
                }
                current = automaton.settle(reached);
            }
        }
        return current;
    }

    /** Room for what the filters find, for {@link #scan}. */
    int[] begins() {
        return new int[filters.length];
    }

    /** Where a pattern may begin, at this place or after. Each filter remembers what it found last. */
    private int begin(byte[] text, int earliest, int end, int[] begins) {
        int from = earliest;
        while (true) {
            int first = end;
            int reach = 0;
            for (int i = 0; i < begins.length; i++) {
                if (begins[i] < from) {
                    begins[i] = filters[i].next(text, from, end);
                }
                if (begins[i] < first) {
                    first = begins[i];
                    reach = filters[i].reach();
                }
            }
            int last = first + reach;
            from = prefixes.next(text, first, Math.min(end, last + prefixes.gram()));
            if (from <= last || from >= end) {
                return from;
            }
        }
    }

    /** Bytes at the end of the text so far that may still turn out to begin a match. */
    int undecided(int state) {
        return automaton.depth(state);
    }
}
