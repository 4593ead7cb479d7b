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

    /** Of these, those that are the same where a tool replaced one behind them. */
    private static final int BEHIND_TOKEN = 5;

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
        if (PartForms.hidesBegin(text)) {
            around(text, into);
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

    /**
     * Of a password whose first ten characters are hidden wherever they stand: where one of them was replaced, with a quote
     * or a bracket in front, and with a comma behind. A quote that stands around the value everywhere else is shown there.
     */
    private static void around(String text, Patterns into) {
        into.add("token '" + text.charAt(0) + "', \"" + text.substring(0, BEHIND_TOKEN));
        into.add(text.substring(0, BEGIN - 1) + "\"... is not");
        into.add(JsonForms.MINIMAL.apply(text).substring(0, BEGIN - 1) + "...)");
        if (PartForms.hidesEnd(text)) {
            into.add(text.substring(text.length() - PartForms.LENGTH + 2) + "\",]\" is not");
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
