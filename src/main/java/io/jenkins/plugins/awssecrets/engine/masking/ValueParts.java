package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.plain.KindChanges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a token or a key that are hidden alone, since tools shorten what is long: {@code cut}, an ellipsis in a
 * table, a test's message, a line that is left out. They overlap, so that most of what is left of the value holds one.
 */
final class ValueParts {
    /** One word of an alphabet of keys and tokens; nothing that a log is made of otherwise. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9+/=_.~-]+");

    /** What a PEM's first line is in base64. */
    private static final String ARMOUR = "LS0tLS1CRUdJTi";

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z0-9 ]+-----\n(MII)?.*?(\n-----END [A-Z0-9 ]+-----\n*)?", Pattern.DOTALL);

    /** What a key of OpenSSH begins with in base64. */
    private static final String OPENSSH = "b3BlbnNzaC1rZXktdjE";

    private static final int LONG = 256;
    private static final int VERY_LONG = 2048;
    private static final int STEP = 4;

    /** So that most lines of 44 columns hold a part. */
    private static final int LONG_STEP = 24;

    /** Words and numbers have fewer. */
    private static final int FEWEST_CHANGES = 6;

    /** So many letters of a part are not those that many such values begin with. */
    private static final int OWN = 8;

    /** The numbers that keys of one kind begin with: of RSA, and of others. */
    private static final int HEAD_OF_RSA = 56;

    private static final int HEAD = 12;

    private ValueParts() {}

    /**
     * Letters and digits of a password full of punctuation, eight in a row: where a tool has changed or left out others.
     * They are looked for everywhere.
     */
    static List<byte[]> ofBroken(byte[] skeleton) {
        List<byte[]> parts = new ArrayList<>();
        String letters = new String(skeleton, StandardCharsets.ISO_8859_1);
        for (int from = 0; from + OWN < letters.length(); from += STEP / 2) {
            parts.add(letters.substring(from, from + OWN).getBytes(StandardCharsets.ISO_8859_1));
        }
        if (letters.length() > OWN) {
            parts.add(letters.substring(letters.length() - OWN).getBytes(StandardCharsets.ISO_8859_1));
        }
        parts.removeIf(part -> KindChanges.in(new String(part, StandardCharsets.ISO_8859_1)) < STEP);
        return parts;
    }

    /** None where the text is not a random value. */
    static List<byte[]> of(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // A key of OpenSSH holds its public key three times, which stays readable.
        if (bytes.length <= LayoutMatcher.ANCHOR
                || text.startsWith(OPENSSH)
                || !VALUE.matcher(text).matches()) {
            return parts;
        }
        int end = text.length();
        int from = 0;
        if (text.startsWith(ARMOUR)) {
            Matcher pem = PEM.matcher(decoded(text));
            if (!pem.matches() || pem.group().contains(" CERTIFICATE-")) {
                return parts;
            }
            int body = pem.group().indexOf('\n') + (pem.group(1) != null ? HEAD_OF_RSA : HEAD);
            from = encodedLength(body) + OWN - LayoutMatcher.ANCHOR;
            if (pem.group(2) != null) {
                end = encodedLength(pem.start(2)) - OWN + LayoutMatcher.ANCHOR;
            }
        } else {
            from = head(text) == 0 ? 0 : Math.max(0, head(text) + OWN - LayoutMatcher.ANCHOR);
        }
        collect(text, from, Math.min(end, text.length()), parts);
        return parts;
    }

    private static void collect(String text, int first, int end, List<byte[]> parts) {
        int step = text.length() <= LONG ? STEP : text.length() <= VERY_LONG ? LONG_STEP : 2 * LONG_STEP;
        for (int from = first; from + LayoutMatcher.ANCHOR < end; from += step) {
            add(text, from, step, end, parts);
        }
        add(text, Math.max(0, end - LayoutMatcher.ANCHOR), 1, end, parts);
    }

    /** The first part from this place on that is random, and begins and ends with a letter as what is masked does. */
    private static void add(String text, int from, int step, int end, List<byte[]> parts) {
        for (int at = from; at < from + step && at + LayoutMatcher.ANCHOR <= end; at++) {
            int last = at + LayoutMatcher.ANCHOR;
            if (LayoutUnit.isWord(text.charAt(at)) && LayoutUnit.isWord(text.charAt(last - 1))) {
                String part = text.substring(at, last);
                if (isRandom(part)) {
                    parts.add(part.getBytes(StandardCharsets.ISO_8859_1));
                    return;
                }
            }
        }
    }

    /** How much of it other tokens and keys have too. */
    private static int head(String text) {
        if (text.startsWith("eyJ")) {
            return Math.max(text.indexOf('.'), OWN);
        }
        return text.startsWith("MII") ? HEAD_OF_RSA : 0;
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int encodedLength(int bytes) {
        return bytes * 4 / 3;
    }

    private static boolean isRandom(String part) {
        return KindChanges.withinWords(part) >= FEWEST_CHANGES;
    }
}
