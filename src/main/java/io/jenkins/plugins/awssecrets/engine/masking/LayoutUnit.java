package io.jenkins.plugins.awssecrets.engine.masking;

import java.util.Set;

/**
 * Reads what stands between the letters and digits of a text and holds letters itself: terminal sequences, tags and
 * escapes. What is read is a length, and the character that an escape stands for.
 */
final class LayoutUnit {
    /** More bytes are needed to tell. */
    static final int INCOMPLETE = -1;

    private static final int CHARACTER_SHIFT = 16;
    private static final int LENGTH = (1 << CHARACTER_SHIFT) - 1;
    private static final int NONE = 0;

    private static final int ESC = 0x1b;
    private static final int LONGEST_TAG = 160;
    static final int LONGEST = 256;

    /** An escape, a reference, the begin of a word of a mail's header. */
    static final int LONGEST_SHORT = 48;

    private static final int MOST_BACKSLASHES = 16;

    /** Tags that mark up a word of a text. */
    private static final Set<String> TAGS = Set.of(
            "span", "b", "i", "u", "em", "strong", "font", "code", "a", "td", "tr", "wbr", "br", "mark", "ins", "del",
            "kbd", "pre", "p", "div", "li", "tt", "samp", "var");

    private LayoutUnit() {}

    static int length(int unit) {
        return unit & LENGTH;
    }

    /** The letter, digit or line break that the unit stands for; 0 for none. */
    static int character(int unit) {
        return unit >>> CHARACTER_SHIFT;
    }

    /** Whether a unit may begin with this byte. */
    static boolean begins(int c) {
        return LayoutByte.is(c, LayoutByte.UNIT);
    }

    static boolean isWord(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** The unit that begins here; of length 0 for none. */
    static int read(LayoutText text, int at) {
        return switch (text.at(at)) {
            case ESC -> sequence(text, at);
            case '<' -> tag(text, at);
            case '&' -> reference(text, at);
            case '%' -> percent(text, at);
            case '=' -> quotedPrintable(text, at);
            case '\\' -> escape(text, at);
            default -> NONE;
        };
    }

    /** Where to begin to read so that no unit at {@code from} or after is taken for something else. */
    static int begin(LayoutText text, int from) {
        int near = from - LONGEST_SHORT;
        int line = from - LinePrefix.LONGEST;
        int at = Math.max(text.begin(), from - LONGEST);
        while (at < from) {
            if (at >= 0 && at + Long.BYTES <= line && !LayoutByte.anyLong(text, at)) {
                at += Long.BYTES;
                continue;
            }
            int c = text.at(at);
            if (LayoutByte.is(c, LayoutByte.LONG)
                    || at >= near && LayoutByte.is(c, LayoutByte.SHORT)
                    || at >= line && c == '\n') {
                return at;
            }
            at++;
        }
        return from;
    }

    private static int missing(LayoutText text) {
        return text.ended() ? NONE : INCOMPLETE;
    }

    private static int sequence(LayoutText text, int at) {
        if (at + 1 >= text.end()) {
            return missing(text);
        }
        int kind = text.at(at + 1);
        if (kind == '[') {
            return control(text, at, at + 2);
        }
        if (kind == ']') {
            return command(text, at);
        }
        if (kind == '(' || kind == ')') {
            return at + 2 < text.end() ? 3 : missing(text);
        }
        return 2;
    }

    /**
     * Parameters and the letter that ends them (ECMA-48, 5.4), of a sequence that began earlier. Behind a blank only the
     * letter for a cursor's shape: another one is the text's, and the sequence was cut off.
     */
    private static int control(LayoutText text, int begin, int from) {
        int blank = 0;
        int at = from;
        while (at < text.end() && text.at(at) >= ' ' && text.at(at) < '@' && at - from < LONGEST) {
            blank = blank == 0 && text.at(at) == ' ' ? at : blank;
            at++;
        }
        if (at >= text.end()) {
            return missing(text);
        }
        int last = text.at(at);
        if (blank > 0 && last != 'q') {
            return blank - begin;
        }
        return last >= '@' && last <= '~' ? at + 1 - begin : at - begin;
    }

    /** A title or a link, up to BEL or ESC \. */
    private static int command(LayoutText text, int begin) {
        for (int at = begin + 2; at - begin < LONGEST; at++) {
            if (at >= text.end()) {
                return missing(text);
            }
            if (text.at(at) == 7) {
                return at + 1 - begin;
            }
            if (text.at(at) == ESC || text.at(at) == '\n') {
                return at - begin;
            }
        }
        return NONE;
    }

    private static int tag(LayoutText text, int begin) {
        int at = begin + 1;
        if (at < text.end() && text.at(at) == '/') {
            at++;
        }
        StringBuilder name = new StringBuilder();
        while (at < text.end() && isWord(text.at(at)) && name.length() < 8) {
            name.append((char) text.at(at++));
        }
        if (at < text.end() && !TAGS.contains(name.toString())) {
            return NONE;
        }
        for (; at - begin < LONGEST_TAG; at++) {
            if (at >= text.end()) {
                return missing(text);
            }
            int c = text.at(at);
            if (c == '>') {
                return at + 1 - begin;
            }
            if (c == '<' || c == '\n') {
                return NONE;
            }
        }
        return NONE;
    }

    private static int reference(LayoutText text, int begin) {
        int at = begin + 1;
        while (at < text.end() && at - begin < 10 && (isWord(text.at(at)) || text.at(at) == '#')) {
            at++;
        }
        if (at >= text.end()) {
            return missing(text);
        }
        if (text.at(at) != ';' || at - begin < 3) {
            return NONE;
        }
        int code = 0;
        if (text.at(begin + 1) == '#') {
            boolean hex = (text.at(begin + 2) | 0x20) == 'x';
            code = number(text, begin + (hex ? 3 : 2), at, hex ? 16 : 10);
        }
        return code < 0 ? NONE : unit(at + 1 - begin, code);
    }

    /** Also what was encoded twice: {@code %2540}. */
    private static int percent(LayoutText text, int begin) {
        int at = begin + 1;
        if (at < text.end() && text.at(at) == 'u') {
            return hex(text, begin, at + 1, 4);
        }
        while (at + 3 < text.end()
                && text.at(at) == '2'
                && text.at(at + 1) == '5'
                && number(text, at + 2, at + 4, 16) >= 0) {
            at += 2;
        }
        return hex(text, begin, at, 2);
    }

    /** Only for what is encoded usually: an equals sign stands in front of many a value. */
    private static int quotedPrintable(LayoutText text, int begin) {
        if (begin + 1 >= text.end()) {
            return missing(text);
        }
        if (text.at(begin + 1) == '?') {
            return encodedWord(text, begin);
        }
        int unit = hex(text, begin, begin + 1, 2);
        if (unit <= 0) {
            return unit;
        }
        int code = number(text, begin + 1, begin + 3, 16);
        boolean upper = text.at(begin + 1) < 'a' && text.at(begin + 2) < 'a';
        return upper && !isWord(code) && code < 0x80 ? unit : NONE;
    }

    /** The begin of a word of a mail's header: {@code =?utf-8?q?}. */
    private static int encodedWord(LayoutText text, int begin) {
        int questions = 1;
        for (int at = begin + 2; at - begin < 32; at++) {
            if (at >= text.end()) {
                return missing(text);
            }
            int c = text.at(at);
            if (c == '?') {
                if (++questions == 3) {
                    return at + 1 - begin;
                }
            } else if (!isWord(c) && c != '-') {
                return NONE;
            }
        }
        return NONE;
    }

    private static int escape(LayoutText text, int begin) {
        int at = begin;
        while (at < text.end() && text.at(at) == '\\' && at - begin < MOST_BACKSLASHES) {
            at++;
        }
        if (at >= text.end()) {
            return missing(text);
        }
        int unit =
                switch (text.at(at)) {
                    case 'n' -> unit(at + 1 - begin, '\n');
                    case 'r' -> at + 1 - begin;
                    case 'x', 'u' -> {
                        if (at + 1 >= text.end()) {
                            yield missing(text);
                        }
                        int open = text.at(at + 1);
                        yield open == '{' || open == '['
                                ? bracketed(text, begin, at + 2, open == '{' ? '}' : ']')
                                : hex(text, begin, at + 1, text.at(at) == 'x' ? 2 : 4);
                    }
                    case 'U' -> hex(text, begin, at + 1, 8);
                    case 'e', 'E' -> unit(at + 1 - begin, ESC);
                    case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(text, begin, at);
                    default -> letters(text, begin, at);
                };
        if (unit <= 0 || character(unit) != ESC) {
            return unit;
        }
        int end = begin + length(unit);
        if (end >= text.end()) {
            return text.ended() ? length(unit) : INCOMPLETE;
        }
        return text.at(end) == '[' ? control(text, begin, end + 1) : text.at(at) == 'e' ? NONE : length(unit);
    }

    /** A name of TeX, {@code \textless{}}, {@code \PYZlt{}}, {@code \ensuremath{<}}; else {@code \t} is a tab. */
    private static int letters(LayoutText text, int begin, int from) {
        int at = from;
        while (at < text.end() && (text.at(at) | 0x20) >= 'a' && (text.at(at) | 0x20) <= 'z' && at - from < 20) {
            at++;
        }
        if (at + 2 >= text.end() && !text.ended() && at - from < 20) {
            return INCOMPLETE;
        }
        if (at - from > 3 && at + 1 < text.end() && text.at(at) == '{') {
            int close = isWord(text.at(at + 1)) || text.at(at + 1) == '}' ? at + 1 : at + 2;
            if (close < text.end() && text.at(close) == '}') {
                return close + 1 - begin;
            }
        }
        return text.at(from) == 't' ? from + 1 - begin : NONE;
    }

    private static int bracketed(LayoutText text, int begin, int from, int close) {
        int at = from;
        while (at < text.end() && at - from < 6 && Character.digit(text.at(at), 16) >= 0) {
            at++;
        }
        if (at >= text.end()) {
            return missing(text);
        }
        return at > from && text.at(at) == close ? unit(at + 1 - begin, number(text, from, at, 16)) : NONE;
    }

    private static int octal(LayoutText text, int begin, int from) {
        if (from + 3 > text.end()) {
            return missing(text);
        }
        int code = number(text, from, from + 3, 8);
        return code < 0 ? NONE : unit(from + 3 - begin, code);
    }

    private static int hex(LayoutText text, int begin, int from, int digits) {
        if (from + digits > text.end()) {
            for (int at = from; at < text.end(); at++) {
                if (Character.digit(text.at(at), 16) < 0) {
                    return NONE;
                }
            }
            return missing(text);
        }
        int code = number(text, from, from + digits, 16);
        return code < 0 ? NONE : unit(from + digits - begin, code);
    }

    private static int number(LayoutText text, int from, int until, int radix) {
        int code = 0;
        for (int at = from; at < until; at++) {
            int digit = Character.digit(text.at(at), radix);
            if (digit < 0) {
                return -1;
            }
            code = code * radix + digit & 0xFFFFFF;
        }
        return code;
    }

    private static int unit(int length, int code) {
        return isWord(code) || code == ESC || code == '\n' ? length | code << CHARACTER_SHIFT : length;
    }
}
