package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The begin of a value, or both its ends, in messages that quote no more of it. What stands around it there makes the form
 * so long that it costs the search nothing, and that nothing else is hidden.
 */
final class MessageForms implements FormFamily {
    /** Characters that V8 shows of JSON from an error on, and bytes that jq shows of a string in JSON. */
    private static final int BEGIN = 10;

    /** Characters that Python's reprlib shows at the begin, and at the end. */
    private static final int FIRST = 12;

    private static final int LAST = 13;

    /** What tokens of one kind, addresses and keys begin with is public. */
    private static final Pattern PUBLIC_BEGIN = Pattern.compile("eyJ.*|-----.*|LS0tLS1.*|ssh-.*|[a-z+:]{2,20}://.*");

    @Override
    public void derive(Subject subject, Patterns into) {
        String text = subject.text().orElse("");
        if (subject.scope() != Scope.WHOLE || text.length() <= BEGIN || Lines.isMultiLine(text)) {
            return;
        }
        if (!PUBLIC_BEGIN.matcher(text).matches()) {
            if (!PartForms.hidesBegin(text)) {
                into.add(begin(text, BEGIN) + "\"... is not");
            }
            into.add("string (\"" + beginOfBytes(JsonForms.MINIMAL.apply(text), BEGIN) + "...)");
        }
        if (text.length() > FIRST + LAST + "...".length() && !text.contains("://")) {
            into.add(begin(text, FIRST) + "..." + text.substring(text.length() - LAST));
        }
    }

    /** The first characters, and no half of one. */
    private static String begin(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    /** As many characters as so many bytes of UTF-8 hold. */
    private static String beginOfBytes(String text, int bytes) {
        int length = Math.min(text.length(), bytes);
        while (length > 0 && begin(text, length).getBytes(StandardCharsets.UTF_8).length > bytes) {
            length--;
        }
        return begin(text, length);
    }
}
