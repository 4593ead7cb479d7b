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
    /** One word of what keys, tokens and generated passwords consist of; nothing that a log is made of otherwise. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9+/=_.~!#$%^*@:-]+");

    /** A host or a port is public. */
    private static final Pattern ADDRESS = Pattern.compile("://|@[A-Za-z0-9-]+[.:]|[A-Za-z]:[0-9]{2,5}(?![A-Za-z0-9])");

    /** What a PEM's first line is in base64. */
    private static final String ARMOUR = "LS0tLS1CRUdJTi";

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z0-9 ]+-----\n(.*?)(\n-----END [A-Z0-9 ]+-----\n*)?", Pattern.DOTALL);

    /** Begin of a key that has its public key in the middle or at the end: OpenSSH's, and a short one in DER. */
    private static final Pattern WITH_PUBLIC_KEY = Pattern.compile("b3BlbnNzaC1rZXktdjE|M..CAQ|MI[E-H].AgE");

    /** Of those, one of an elliptic curve that begins with the private number (RFC 5915). */
    private static final Pattern CURVE = Pattern.compile("M..CAQEE|MI[E-H].AgEBB");

    private static final int LONGEST_HEAD_OF_CURVE = 8;

    /** Begin of an RSA key, of which what is public, the modulus and an exponent, comes first. */
    private static final String RSA = "MII";

    private static final int PUBLIC_PERCENT_OF_RSA = 25;

    private static final int LONG = 256;
    private static final int VERY_LONG = 2048;
    private static final int STEP = 4;

    /** So that most lines of 44 columns hold a part. */
    private static final int LONG_STEP = 24;

    /** Words and numbers have fewer. */
    private static final int FEWEST_CHANGES = 6;

    /** So many letters of a part are not those that many such values begin with. */
    private static final int OWN = 8;

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
        if (bytes.length <= LayoutMatcher.ANCHOR
                || !VALUE.matcher(text).matches()
                || ADDRESS.matcher(text).find()) {
            return parts;
        }
        Own own = text.startsWith(ARMOUR) ? ownOfArmoured(decoded(text)) : own(text);
        if (own.from < own.until) {
            int first = own.from == 0 ? 0 : Math.max(0, own.from + OWN - LayoutMatcher.ANCHOR);
            collect(text, first, Math.min(text.length(), own.until), parts);
        }
        return parts;
    }

    private static void collect(String text, int first, int end, List<byte[]> parts) {
        int step = text.length() <= LONG ? STEP : text.length() <= VERY_LONG ? LONG_STEP : 2 * LONG_STEP;
        // As many as of the whole.
        step = Math.max(STEP, step * (end - first) / text.length());
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

    /** What of a value neither others of its kind have nor its public key. */
    private record Own(int from, int until) {
        static final Own NOTHING = new Own(0, 0);
    }

    private static Own own(String text) {
        Matcher curve = CURVE.matcher(text);
        if (curve.lookingAt()) {
            int begin = text.startsWith("MI") ? LONGEST_HEAD_OF_CURVE : LONGEST_HEAD_OF_CURVE - 1;
            String head = decoded(text.substring(0, Math.min(text.length(), 2 * LONGEST_HEAD_OF_CURVE)));
            if (head.length() < begin) {
                return Own.NOTHING;
            }
            int end = encodedLength(begin + head.charAt(begin - 1));
            return new Own(encodedLength(begin), end - OWN + LayoutMatcher.ANCHOR);
        }
        if (WITH_PUBLIC_KEY.matcher(text).lookingAt()) {
            return Own.NOTHING;
        }
        if (text.startsWith(RSA)) {
            return new Own(text.length() * PUBLIC_PERCENT_OF_RSA / 100, text.length());
        }
        return new Own(text.startsWith("eyJ") ? Math.max(text.indexOf('.'), OWN) : 0, text.length());
    }

    /** The same of the base64 of a PEM, or of the begin of one. */
    private static Own ownOfArmoured(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches() || pem.contains(" CERTIFICATE-")) {
            return Own.NOTHING;
        }
        String body = matcher.group(1);
        Own own = own(body);
        if (own.from == own.until) {
            return Own.NOTHING;
        }
        int from = encodedLength(matcher.start(1) + Math.max(own.from, OWN));
        int until = encodedLength(matcher.start(1) + own.until);
        return new Own(from, own.until == body.length() ? until - OWN + LayoutMatcher.ANCHOR : until);
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
