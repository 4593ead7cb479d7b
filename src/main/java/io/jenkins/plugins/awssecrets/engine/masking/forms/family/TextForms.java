package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import java.util.regex.Pattern;

/** The text itself, with the line breaks and blanks that shells and terminals give it. */
final class TextForms implements FormFamily {
    /** What IFS splits at, and what programs split at. */
    private static final Pattern BLANKS = Pattern.compile("[ \t\n]+");

    private static final Pattern SPACES = Pattern.compile("(?U)[\\s\\x1c-\\x1f]+");

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
        });
    }
}
