package io.jenkins.plugins.awssecrets.engine.masking.forms;

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
final class ShellWords {
    private static final Pattern BLANKS = Pattern.compile("[ \t\n]+");

    /** What makes bash quote a word, and what the others do. */
    private static final List<String> SPECIAL = List.of(
            "'\"\\|&;()<>!{}*[?]^$`",
            "'\"\\|&;()<>{}*[?]^$`#~=",
            "'\"\\|&;()<>*[?$`",
            "'\"\\|&;()<>!{}*[?]^$`#~=%,:@+");

    private ShellWords() {}

    /** The words as the table writes those that need quotes. */
    static Set<String> forms(String text, EscapeTable quoted) {
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
