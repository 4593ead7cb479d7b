package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.function.UnaryOperator;

/**
 * Which character a tool writes how. It is applied whether or not the tool would quote this text alone: the secret may
 * be a part of a longer text that the tool does quote.
 *
 * <p>A table reads characters, or bytes as the characters 0 to 255; the same table serves both.
 */
public final class EscapeTable implements UnaryOperator<String> {
    private static final int ASCII = 128;

    private final Escape[] ascii;
    private final Escape[] leading;
    private final Escape beyond;

    private EscapeTable(Escape[] ascii, Escape[] leading, Escape beyond) {
        this.ascii = ascii;
        this.leading = leading;
        this.beyond = beyond;
    }

    public static Builder builder() {
        return new Builder(new Escape[ASCII], new Escape[ASCII], null);
    }

    /** A builder that starts from this table. */
    public Builder and() {
        return new Builder(ascii.clone(), leading.clone(), beyond);
    }

    /** Whether the text's first character is written by a rule for leading ones. */
    public boolean leads(String text) {
        return !text.isEmpty() && text.charAt(0) < ASCII && leading[text.charAt(0)] != null;
    }

    /** What the tool writes where the text is not the first: the same without the rules for leading characters. */
    public EscapeTable inside() {
        return new EscapeTable(ascii, new Escape[ASCII], beyond);
    }

    /** The text as the tool writes it; the same instance when nothing is written differently. */
    @Override
    public String apply(String text) {
        StringBuilder out = null;
        int copied = 0;
        int length = text.length();
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            int after = i + Character.charCount(c);
            Escape escape = c >= ASCII ? beyond : i == 0 && leading[c] != null ? leading[c] : ascii[c];
            if (escape != null) {
                if (out == null) {
                    out = new StringBuilder(length * 2);
                }
                out.append(text, copied, i).append(escape.of(c, after < length ? text.charAt(after) : -1));
                copied = after;
            }
            i = after;
        }
        return out == null ? text : out.append(text, copied, length).toString();
    }

    /** Builds a table; what is set later wins, except that {@link #controls} fills gaps only. */
    public static final class Builder {
        private final Escape[] ascii;
        private final Escape[] leading;
        private Escape beyond;

        private Builder(Escape[] ascii, Escape[] leading, Escape beyond) {
            this.ascii = ascii;
            this.leading = leading;
            this.beyond = beyond;
        }

        public Builder map(char c, String written) {
            ascii[c] = (ignored, next) -> written;
            return this;
        }

        /** Each of the characters is written by the same rule. */
        public Builder each(String characters, Escape escape) {
            characters.chars().forEach(c -> ascii[c] = escape);
            return this;
        }

        /** Each of the characters is written after the prefix. */
        public Builder prefix(String characters, String prefix) {
            characters.chars().forEach(c -> map((char) c, prefix + (char) c));
            return this;
        }

        /** Every ASCII character but letters, digits and these is written after the prefix. */
        public Builder prefixAllBut(String kept, String prefix) {
            return allBut(kept, (c, next) -> prefix + (char) c);
        }

        /** Every ASCII character but letters, digits and these is written by the rule. */
        public Builder allBut(String kept, Escape escape) {
            for (int c = 0; c < ASCII; c++) {
                if (!Character.isLetterOrDigit(c) && kept.indexOf(c) < 0) {
                    ascii[c] = escape;
                }
            }
            return this;
        }

        /** Each of the characters, where it is the first of the text, is written after the prefix. */
        public Builder leading(String characters, String prefix) {
            characters.chars().forEach(c -> leading[c] = (ignored, next) -> prefix + (char) c);
            return this;
        }

        /** Backslash and letter for the control characters that C names: of the letters {@code 0abtnvfre}. */
        public Builder named(String letters) {
            letters.chars().forEach(letter -> map(control(letter), "\\" + (char) letter));
            return this;
        }

        /** The control characters, and DEL, that have no rule yet. */
        public Builder controls(Escape escape) {
            for (int c = 0; c < ASCII; c++) {
                if ((c < ' ' || c == 0x7f) && ascii[c] == null) {
                    ascii[c] = escape;
                }
            }
            return this;
        }

        /** Every character beyond ASCII. */
        public Builder beyond(Escape escape) {
            beyond = escape;
            return this;
        }

        /** No rule for these characters. */
        public Builder keep(String characters) {
            characters.chars().forEach(c -> ascii[c] = null);
            return this;
        }

        public EscapeTable build() {
            return new EscapeTable(ascii, leading, beyond);
        }

        private static char control(int letter) {
            return switch (letter) {
                case '0' -> 0;
                case 'a' -> 0x07;
                case 'b' -> '\b';
                case 't' -> '\t';
                case 'n' -> '\n';
                case 'v' -> 0x0b;
                case 'f' -> '\f';
                case 'r' -> '\r';
                case 'e' -> 0x1b;
                default -> throw new IllegalArgumentException("no control character is named " + (char) letter);
            };
        }
    }
}
