package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.Anchors;
import io.jenkins.plugins.awssecrets.engine.masking.search.Automaton;
import io.jenkins.plugins.awssecrets.engine.masking.search.MaskedRuns;

/**
 * Where one stream is in the letters and digits of its text. What is found is masked line by line, from the first to the
 * last of its letters in each, so that a table keeps its frame.
 *
 * <p>No match: letters further apart than {@value #WIDEST_GAP} bytes; one of more than {@value #LONGEST} bytes. Where a
 * word ends among the first {@value LayoutMatcher#HEAD} letters, what follows is masked: else the last letters of each
 * line would have to be held back.
 */
final class LayoutScan {
    static final int WIDEST_GAP = 512;
    static final int LONGEST = 64 * 1024;

    private static final int NEVER = Integer.MIN_VALUE;

    private final LayoutMatcher matcher;
    private final Automaton automaton;
    private final Letters letters = new Letters();
    private final LayoutSearch search = new LayoutSearch();

    /** The automaton's state while it is on to something of {@link LayoutMatcher#HEAD} letters; else of no meaning. */
    private int state;

    private boolean following;

    /** The next byte to read, counted as {@link LayoutText} does. */
    private int at;

    /** Whether something began in what was read that may go on. */
    private boolean open;

    LayoutScan(LayoutMatcher matcher) {
        this.matcher = matcher;
        this.automaton = matcher.automaton();
    }

    /**
     * Reads on, or past what needs no reading.
     *
     * @param anchors found in these bytes
     * @return how many bytes at the end may be part of a match
     */
    int append(LayoutText text, Anchors anchors, MaskedRuns runs) {
        if (matcher.everywhere()) {
            readEverywhere(text, runs);
        } else {
            readWhereItShows(text, anchors, runs);
            if (at < text.end() && LayoutEnd.read(text, letters, matcher)) {
                following = false;
                at = text.end();
                int undecided = text.end() - candidate(text.end());
                // What goes on from so few bytes shows itself in those that come.
                open = undecided >= LayoutMatcher.ANCHOR;
                return undecided;
            }
            skip(text, text.end());
            read(text, text.end(), NEVER, runs);
        }
        // What could not be read yet is read with what comes: a letter may begin there, or be part of a tag.
        int undecided = text.end() - Math.min(candidate(text.end()), at);
        open = undecided > 0;
        return undecided;
    }

    private void readWhereItShows(LayoutText text, Anchors anchors, MaskedRuns runs) {
        if (open) {
            readOn(text, at, runs);
        }
        int run = 0;
        for (int i = 0; i < anchors.size(); i++) {
            // What is masked as a whole has nothing around it.
            int start = anchors.start(i);
            int end = anchors.end(i);
            run = runs.next(run, end);
            // What was read already may have begun before.
            if ((end > at || !hasEnded(end)) && !runs.holds(run, start)) {
                skip(text, start);
                readOn(text, end, runs);
                run = 0;
            }
        }
        for (int next = matcher.nextSequence(text, 0); next < text.end(); ) {
            skip(text, next);
            readOn(text, next + 1, runs);
            next = matcher.nextSequence(text, Math.max(at, next + 1));
        }
    }

    private void readEverywhere(LayoutText text, MaskedRuns runs) {
        int from = 0;
        read(text, text.end(), from, runs);
        // In front of that stands what could not be read yet.
        while (at >= from && at < text.end() && hasEnded(from)) {
            from = search.next(text, remembered(), matcher);
            reset(search.start());
            read(text, text.end(), from < text.end() ? from : NEVER, runs);
            if (from == text.end()) {
                return;
            }
        }
    }

    /** Goes to where nothing begins that goes on at this position, if that is ahead. */
    private void skip(LayoutText text, int position) {
        if (at < position) {
            int tail = LayoutTail.of(text.until(position), at, matcher);
            if (at < tail) {
                reset(tail);
            }
        }
    }

    /** Reads to a position, and on for as long as there is something that began before. */
    private void readOn(LayoutText text, int position, MaskedRuns runs) {
        if (at < position) {
            read(text, Math.min(position, text.end()), NEVER, runs);
        }
        if (!hasEnded(position)) {
            read(text, text.end(), position, runs);
        }
    }

    /** Counts positions from {@code distance} on. */
    void advance(int distance) {
        at -= distance;
        letters.advance(distance);
    }

    /** Goes on at a position where no match goes on. */
    void reset(int position) {
        open = false;
        following = false;
        letters.clear(position);
        at = position;
    }

    /** @param begun reading ends where nothing that began before goes on; {@link #NEVER} to read to the end */
    private void read(LayoutText text, int end, int begun, MaskedRuns runs) {
        if (at < text.begin()) {
            reset(text.begin());
        }
        while (at < end) {
            int c = text.at(at);
            int length = 1;
            if (LayoutUnit.isWord(c)) {
                letter(text, c, 1, runs);
                if (begun != NEVER && hasEnded(begun)) {
                    at++;
                    return;
                }
            } else if (c == '\n') {
                letters.lineBreak();
                int prefix = !following ? 0 : at + 1 < text.end() ? LinePrefix.length(text, at + 1) : missing(text);
                if (prefix == LayoutUnit.INCOMPLETE) {
                    return;
                }
                length += prefix;
            } else if (c == ' ' || c == '\t') {
                letters.blank();
            } else if (LayoutUnit.begins(c)) {
                int unit = LayoutUnit.read(text, at);
                if (unit == LayoutUnit.INCOMPLETE) {
                    return;
                }
                length = Math.max(1, LayoutUnit.length(unit));
                if (LayoutUnit.character(unit) == '\n') {
                    letters.lineBreak();
                } else if (LayoutUnit.isWord(LayoutUnit.character(unit))) {
                    letter(text, LayoutUnit.character(unit), length, runs);
                }
            }
            at += length;
        }
    }

    /** Whether there is nothing that began before a position and goes on behind what was read. */
    private boolean hasEnded(int begun) {
        int remembered = Math.min(LayoutMatcher.HEAD - 1, letters.count());
        return !following && (remembered == 0 || letters.start(letters.count() - remembered) >= begun);
    }

    /** Where the first of those letters is that a match may begin with; where reading goes on for none. */
    private int remembered() {
        int first = Math.max(0, letters.count() - (LayoutMatcher.HEAD - 1));
        return first < letters.count() ? letters.start(first) : at;
    }

    private static int missing(LayoutText text) {
        return text.ended() ? 0 : LayoutUnit.INCOMPLETE;
    }

    private void letter(LayoutText text, int c, int length, MaskedRuns runs) {
        if (at - letters.end() > WIDEST_GAP) {
            reset(at);
        }
        letters.add(c, at, at + length, following ? automaton.depth(state) : 0);
        if (!following) {
            // Only what has as many letters of a row is followed, so that most letters cost one look.
            if (letters.count() >= LayoutMatcher.HEAD && matcher.knows(letters.gram())) {
                state = stateAfter(LayoutMatcher.HEAD);
                following = automaton.depth(state) >= LayoutMatcher.HEAD;
            }
            return;
        }
        int reached = automaton.step(state, (byte) c);
        for (int match = reached; match != Automaton.ROOT; match = automaton.fallback(match)) {
            int matched = automaton.matchLength(match);
            int masked = matched == 0 ? 0 : masked(text, matched);
            if (masked > 0) {
                letters.cover(masked, runs);
                break;
            }
        }
        state = automaton.settle(reached);
        following = automaton.depth(state) >= LayoutMatcher.HEAD;
    }

    /** The automaton's state after the last letters, no more than there are. */
    private int stateAfter(int last) {
        int after = Automaton.ROOT;
        for (int i = Math.max(0, letters.count() - last); i < letters.count(); i++) {
            after = automaton.settle(automaton.step(after, letters.at(i)));
        }
        return after;
    }

    /** How many of the last letters are masked: all of a match, or what follows where its first few end a word. */
    private int masked(LayoutText text, int length) {
        int first = letters.wordFrom(letters.count() - length);
        int masked = letters.count() - first;
        return masked >= Skeleton.SHORTEST
                        && letters.end() - letters.start(first) <= LONGEST
                        && matcher.isGivenAway(text, letters.start(first), letters.end())
                ? masked
                : 0;
    }

    /** Where the first match begins that may go on behind all that is read; {@code end} for none. */
    private int candidate(int end) {
        if (end - letters.end() > WIDEST_GAP || !following && letters.isApart()) {
            return end;
        }
        if (!following) {
            for (int length = Math.min(LayoutHeads.LONGEST, letters.count()); length > 0; length--) {
                if (matcher.heads().contains(letters, length)) {
                    return begin(length, end);
                }
            }
            return end;
        }
        for (int possible = state; possible != Automaton.ROOT; possible = automaton.fallback(possible)) {
            int begin = begin(automaton.depth(possible), end);
            if (begin < end) {
                return begin;
            }
        }
        return end;
    }

    /** Where what is masked of a match begins that has the last letters so far; {@code end} where there is no such match. */
    private int begin(int length, int end) {
        int first = letters.wordFrom(letters.count() - length);
        return first < letters.count() && end - letters.start(first) <= LONGEST ? letters.start(first) : end;
    }
}
