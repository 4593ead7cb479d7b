package io.jenkins.plugins.awssecrets.engine.masking;

/**
 * What tools put in front of each line: timestamps, names of containers, positions in a trace, line numbers, log levels,
 * the {@code b} of a bytes literal in Python. Three of them at most.
 */
final class LinePrefix {
    /** Longer ones are not known. */
    static final int LONGEST = 96;

    private static final int MOST = 3;
    private static final int INCOMPLETE = LayoutUnit.INCOMPLETE;
    private static final int LONGEST_NAME = 41;
    private static final int SHORTEST_TIME = 8;

    private final LayoutText text;
    private final int end;

    private LinePrefix(LayoutText text, int line) {
        this.text = text;
        end = Math.min(text.end(), line + LONGEST);
    }

    /** How long it is in a line that begins here, 0 for none; {@link LayoutUnit#INCOMPLETE} where that needs more bytes. */
    static int length(LayoutText text, int line) {
        LinePrefix prefix = new LinePrefix(text, line);
        int at = prefix.blanks(line);
        for (int i = 0; i < MOST; i++) {
            int next = prefix.part(at);
            if (next == at) {
                break;
            }
            at = prefix.blanks(next);
        }
        at = prefix.literal(at);
        // Where the text ends within, the next bytes may tell otherwise.
        return at >= text.end() && !text.ended() && at - line < LONGEST || prefix.cut(at) ? INCOMPLETE : at - line;
    }

    /** Whether the word that begins here goes on to the end of what has come. */
    private boolean cut(int from) {
        if (text.ended() || end < text.end() || from >= end) {
            return false;
        }
        int at = from;
        while (at < end && at - from <= LONGEST_NAME && (isName(text.at(at)) || ":,+[]#".indexOf(text.at(at)) >= 0)) {
            at++;
        }
        while (at < end && text.at(at) == ' ') {
            at++;
        }
        if (text.at(from) == '#') {
            // The seconds behind a number.
            while (at < end && (text.at(at) == '.' || text.at(at) >= '0' && text.at(at) <= '9')) {
                at++;
            }
        }
        // The blank behind a name and a bar is to come.
        at += is(at, '|') ? 1 : 0;
        return at >= end && at - from < LONGEST;
    }

    private int part(int at) {
        if (at >= end) {
            return at;
        }
        int c = text.at(at);
        if (c == '[') {
            return bracketed(at);
        }
        if (c == '#') {
            int number = digits(at + 1);
            int fraction = is(number, ' ') ? digits(number + 1) : number;
            int after = is(fraction, '.') ? digits(fraction + 1) : at;
            return is(after, ' ') && after > at ? after + 1 : at;
        }
        int time = time(at);
        if (time > at) {
            return time;
        }
        int number = digits(at);
        if (number > at && number - at <= 6) {
            int mark = spaces(number);
            if (is(mark, ':') || is(mark, '|')) {
                return mark + 1;
            }
            if (is(number, '\t')) {
                return number + 1;
            }
        }
        return named(at);
    }

    /** A name and a bar, a position in a trace, the name of a stream. */
    private int named(int at) {
        int name = at;
        boolean hex = true;
        while (name < end && name - at < LONGEST_NAME && isName(text.at(name))) {
            hex &= Character.digit(text.at(name), 16) >= 0;
            name++;
        }
        int length = name - at;
        if (length == 0) {
            return at;
        }
        if (is(name, ':') && is(name + 1, ' ') && (hex && length >= 4 && length <= 8 || isStream(at, length))) {
            return name + 2;
        }
        int bar = spaces(name);
        return bar > name && is(bar, '|') && is(bar + 1, ' ') ? bar + 2 : at;
    }

    private boolean isStream(int at, int length) {
        return length == 6
                && (text.at(at) == 's' && text.at(at + 1) == 't' && text.at(at + 2) == 'd'
                        || text.at(at) == 'r' && text.at(at + 1) == 'e' && text.at(at + 2) == 'm');
    }

    /** {@code [INFO]}, or a time in brackets. */
    private int bracketed(int at) {
        int inside = at + 1;
        while (inside < end && Character.isLetter(text.at(inside))) {
            inside++;
        }
        if (is(inside, ']') && inside - at > 3 && inside - at <= 8 && is(inside + 1, ' ')) {
            return inside + 2;
        }
        int time = inside == at + 1 ? clock(inside) : inside;
        return time > inside && is(time, ']') && (is(time + 1, ' ') || is(time + 1, '\t')) ? time + 2 : at;
    }

    /** A date, a time, or both, and the blank behind. */
    private int time(int at) {
        int after = clock(at);
        return after > at && (is(after, ' ') || is(after, '\t')) ? after + 1 : at;
    }

    private int clock(int from) {
        int at = from;
        int marks = 0;
        while (at < end
                && (LayoutUnit.isWord(text.at(at)) ? isOfTime(text.at(at)) : ":.,+-".indexOf(text.at(at)) >= 0)) {
            marks += text.at(at) == ':' || text.at(at) == '-' ? 1 : 0;
            at++;
        }
        return at - from >= SHORTEST_TIME && marks >= 2 && Character.isDigit(text.at(from)) ? at : from;
    }

    private static boolean isOfTime(int c) {
        return c <= '9' || c == 'T' || c == 'Z';
    }

    private int literal(int at) {
        return at + 1 < end && "bBuUrRfF".indexOf(text.at(at)) >= 0 && (is(at + 1, '\'') || is(at + 1, '"'))
                ? at + 1
                : at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && text.at(at) >= '0' && text.at(at) <= '9') {
            at++;
        }
        return at;
    }

    private int spaces(int from) {
        int at = from;
        while (at < end && text.at(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Blanks, tabs and colours. */
    private int blanks(int from) {
        int at = from;
        while (at < end) {
            int c = text.at(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == 0x1b) {
                int length = LayoutUnit.length(LayoutUnit.read(text, at));
                if (length < 3 || at + length > end) {
                    return at;
                }
                at += length;
            } else {
                return at;
            }
        }
        return at;
    }

    private boolean is(int at, char c) {
        return at < end && text.at(at) == c;
    }

    private static boolean isName(int c) {
        return LayoutUnit.isWord(c) || c == '_' || c == '.' || c == '-';
    }
}
