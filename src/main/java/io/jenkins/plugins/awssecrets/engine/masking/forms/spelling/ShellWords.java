package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code set -x} of an unquoted {@code $S}: the shell has split it into words, and shows each as it needs to be quoted.
 * Without the quote that opens in front of the first word and the one that closes behind the last, since what the secret
 * is joined to may need them or not.
 */
public final class ShellWords {
    private static final Pattern BLANKS = Pattern.compile("[ \t\n]+");

    /** What makes bash quote a word, and what the others do. */
    private static final List<String> SPECIAL = List.of(
            "'\"\\|&;()<>!{}*[?]^$`",
            "'\"\\|&;()<>{}*[?]^$`#~=",
            "'\"\\|&;()<>*[?$`",
            "'\"\\|&;()<>!{}*[?]^$`#~=%,:@+");

    /** What makes ksh quote a word. */
    private static final String SPECIAL_TO_KSH = "'\"\\|&;()<>{}*[?]^$`#~=!%,:@+";

    private ShellWords() {}

    /**
     * The words as ksh shows them: in {@code $'..'} where one has an apostrophe or what is not printable, else in
     * plain apostrophes where it needs them.
     */
    public static Set<String> ofKsh(String text) {
        Set<String> forms = new LinkedHashSet<>();
        String[] words = BLANKS.split(text.strip());
        if (words.length < 2) {
            return forms;
        }
        for (String special : List.of(SPECIAL_TO_KSH, SPECIAL.get(2))) {
            for (EscapeTable ansi : AnsiQuotes.OF_KSH) {
                StringBuilder shown = new StringBuilder();
                for (int i = 0; i < words.length; i++) {
                    String escaped = ansi.apply(words[i]);
                    boolean dollar = !escaped.replace("\\\\", "\\").equals(words[i]);
                    boolean needed = dollar || words[i].chars().anyMatch(c -> special.indexOf(c) >= 0);
                    shown.append(i == 0 ? "" : needed ? dollar ? " $'" : " '" : " ");
                    shown.append(dollar ? escaped : words[i]);
                    shown.append(needed && i < words.length - 1 ? "'" : "");
                }
                forms.add(shown.toString());
            }
        }
        return forms;
    }

    /** The words as the table writes those that need quotes. */
    public static Set<String> forms(String text, EscapeTable quoted) {
        String[] words = BLANKS.split(text.strip());
        Set<String> forms = new LinkedHashSet<>();
        if (words.length < 2) {
            return forms;
        }
        for (String special : SPECIAL) {
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < words.length; i++) {
                String word = quoted.apply(words[i]);
                boolean needed = words[i].chars().anyMatch(c -> special.indexOf(c) >= 0);
                String before = needed && i > 0 ? "'" : "";
                String after = needed && i < words.length - 1 ? "'" : "";
                shown.add(before + word + after);
            }
            forms.add(shown.stream().collect(Collectors.joining(" ")));
        }
        return forms;
    }
}
