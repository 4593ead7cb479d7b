package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.List;

/** {@code $'..'} of bash, zsh, ksh and mksh: which control characters have a letter, and how the rest is written. */
public final class AnsiQuotes {
    /** bash, and zsh (qqqq) but for ESC. */
    public static final EscapeTable OCTAL = EscapeTable.builder()
            .prefix("'\\", "\\")
            .named("abtnvfr")
            .controls(Escape.OCTAL)
            .build();

    private static final EscapeTable BASH = OCTAL.and().map('\u001b', "\\E").build();

    /** Octal also for the bytes of what is not printable beyond ASCII. */
    static final EscapeTable UNPRINTABLE =
            OCTAL.and().beyond(unprintable(Escape.OCTAL.ofEachByte())).build();

    private static final EscapeTable ZSH = EscapeTable.builder()
            .prefix("'\\", "\\")
            .named("tn")
            .controls((c, next) -> "\\C-" + (char) (c ^ 0x40))
            .build();

    private static final EscapeTable MKSH = BASH.and().map('\'', "\\047").build();

    private static final EscapeTable KSH = EscapeTable.builder()
            .prefix("'\\", "\\")
            .named("abtnfr")
            .map('\u001b', "\\E")
            .controls(AnsiQuotes::delimited)
            .build();

    private static final EscapeTable KSH_UNPRINTABLE = KSH.and()
            .beyond((c, next) -> Unprintable.byKsh(c) ? "\\u[" + Integer.toHexString(c) + ']' : Character.toString(c))
            .build();

    public static final List<EscapeTable> TABLES = List.of(
            OCTAL,
            UNPRINTABLE,
            BASH,
            BASH.and().beyond(unprintable(Escape.OCTAL.ofEachByte())).build(),
            OCTAL.and().prefix("!", "\\").build(),
            ZSH,
            ZSH.and()
                    .beyond(unprintable((c, next) -> c < 0x100 ? meta(c, next) : Escape.U_LOWER.of(c, next)))
                    .build(),
            MKSH,
            MKSH.and()
                    .beyond((c, next) -> c > 0xffff ? Escape.OCTAL.ofEachByte().of(c, next) : Character.toString(c))
                    .build(),
            KSH,
            KSH_UNPRINTABLE);

    static final List<EscapeTable> OF_KSH = List.of(KSH, KSH_UNPRINTABLE);

    /** The same in a locale without these characters ({@code LC_ALL=C}), where every byte is escaped. */
    public static final List<EscapeTable> OF_BYTES = List.of(
            OCTAL.and().beyond(Escape.OCTAL).build(),
            BASH.and().beyond(Escape.OCTAL).build(),
            ZSH.and().beyond(AnsiQuotes::meta).build(),
            KSH.and().beyond(AnsiQuotes::delimited).build(),
            MKSH.and()
                    .beyond((c, next) -> c < 0xa0 ? Escape.octal(c) : Character.toString(c))
                    .build());

    private AnsiQuotes() {}

    /** ksh puts the digits into brackets where another digit follows. */
    private static String delimited(int c, int next) {
        String digits = Hex.digits(c, 2, false);
        return Character.digit(next, 16) >= 0 ? "\\x[" + digits + ']' : "\\x" + digits;
    }

    /** zsh: {@code \M-C}, {@code \M-\C-F}. */
    private static String meta(int c, int next) {
        int low = c & 0x7f;
        if (low == '\t' || low == '\n') {
            return low == '\t' ? "\\M-\\t" : "\\M-\\n";
        }
        return low < ' ' || low == 0x7f ? "\\M-\\C-" + (char) (low ^ 0x40) : "\\M-" + (char) low;
    }

    private static Escape unprintable(Escape escape) {
        return (c, next) -> Unprintable.byLibc(c) ? escape.of(c, next) : Character.toString(c);
    }
}
