package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The text itself, with the line breaks and blanks that shells and terminals give it. */
final class TextForms implements FormFamily {
    /** What IFS splits at, and what programs split at. */
    private static final Pattern BLANKS = Pattern.compile("[ \t\n]+");

    private static final Pattern SPACES = Pattern.compile("(?U)[\\s\\x1c-\\x1f]+");

    /** Shorter ones and those without a digit may be words that a log has in another case. */
    private static final int LONGER_THAN_WORDS = 20;

    private static final Predicate<String> HAS_DIGIT = Pattern.compile("[0-9]").asPredicate();

    @Override
    public void derive(Subject subject, Patterns into) {
        into.plain(subject.bytes());
        subject.text().ifPresent(text -> {
            Lines.whole(text).forEach(into::add);
            Lines.joined(text).forEach(into::add);
            // echo $S: the shell splits into words and joins them by one blank
            into.addIfSafe(BLANKS.matcher(text).replaceAll(" "));
            // column -t, xargs -n1
            into.addIfSafe(BLANKS.matcher(text).replaceAll("  "));
            into.addIfSafe(BLANKS.matcher(text).replaceAll("\n"));
            into.addIfSafe(SPACES.matcher(text).replaceAll(" "));
            // $(...) drops what a variable cannot hold
            into.addIfSafe(text.replace("\0", ""));
            if (subject.scope() == Scope.WHOLE && text.length() >= LONGER_THAN_WORDS && HAS_DIGIT.test(text)) {
                into.add(text.toUpperCase(Locale.ROOT));
                into.add(text.toLowerCase(Locale.ROOT));
            }
        });
    }
}
