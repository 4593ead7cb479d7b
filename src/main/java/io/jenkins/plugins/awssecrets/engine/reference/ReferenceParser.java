package io.jenkins.plugins.awssecrets.engine.reference;

import java.util.Optional;
import java.util.regex.Pattern;

/** Splits a reference at its first {@code :}, {@code #} and {@code ?} and decodes the parts. */
final class ReferenceParser {
    private static final String VERSION = "version";
    private static final Pattern DATA_FOLDER = Pattern.compile("[^/]+/%64ata/.*");

    private final String text;

    ReferenceParser(String text) {
        this.text = text;
    }

    Reference parse() {
        ForeignSyntax.withoutSource(text).ifPresent(foreign -> {
            throw new MalformedReferenceException(
                    1, foreign.what(), foreign.meant().toString());
        });
        if (text.isEmpty()) {
            throw new MalformedReferenceException(1, "nothing there", "<source>:<name>[?version=<v>][#<field>]");
        }
        int colon = sourceEnd();
        checkCharacters(colon + 1);
        int hash = text.indexOf('#', colon);
        int beforeField = hash < 0 ? text.length() : hash;
        int question = text.indexOf('?', colon);
        boolean hasQuery = question >= 0 && question < beforeField;
        int nameEnd = hasQuery ? question : beforeField;
        if (nameEnd == colon + 1) {
            throw new MalformedReferenceException(colon + 2, "the name is missing", "a name after the colon");
        }
        return new Reference(
                text.substring(0, colon),
                PercentEncoding.decode(text.substring(colon + 1, nameEnd), colon + 1),
                hasQuery ? Optional.of(version(question + 1, beforeField)) : Optional.empty(),
                hash < 0 ? Optional.empty() : Optional.of(field(hash + 1)),
                DATA_FOLDER.matcher(text.substring(colon + 1, nameEnd)).matches());
    }

    /** The index of the colon after a source id, which is a URI scheme (RFC 3986 section 3.1). */
    private int sourceEnd() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (c == ':' && i > 0) {
                return i;
            }
            if (i == 0 && (c == '"' || c == '\'' || Character.isWhitespace(c))) {
                throw new MalformedReferenceException(
                        1,
                        Character.isWhitespace(c) ? "a blank before the reference" : "a quotation mark",
                        "the reference alone, without quotes and blanks around it");
            }
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                throw new MalformedReferenceException(
                        i + 1,
                        i == 0
                                ? "a source id that does not start with a letter"
                                : "a character that is not valid in a source id",
                        "a source id such as ssm, sm or vault, then a colon");
            }
        }
        throw new MalformedReferenceException(
                text.length() + 1, "no colon", "a colon between source and name, as in sm:ci/docker");
    }

    private void checkCharacters(int from) {
        boolean inField = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' && !inField) {
                inField = true;
            } else if (c == '#') {
                throw new MalformedReferenceException(i + 1, "a second '#'", "%23 for a number sign in a field");
            } else if (inField && c == '[') {
                throw new MalformedReferenceException(
                        i + 1, "a bracket in the field", "a JSON pointer for what is deeper, as in #/users/0/name");
            } else if (c != '%' && c != '?' && !PercentEncoding.isPlain(c)) {
                throw new MalformedReferenceException(
                        i + 1,
                        c == ' ' ? "a blank" : "a character that is not valid in a URI",
                        c == ' ' ? "%20 for a space" : "percent-encoding of its UTF-8 bytes");
            }
        }
    }

    private String version(int start, int end) {
        String query = text.substring(start, end);
        int equals = query.indexOf('=');
        if (equals < 0 || !query.substring(0, equals).equals(VERSION)) {
            throw new MalformedReferenceException(
                    start + 1, "an unknown parameter", "version=<v> after '?' (%3F for a question mark in a name)");
        }
        int valueStart = start + equals + 1;
        String value = query.substring(equals + 1);
        if (value.isEmpty()) {
            throw new MalformedReferenceException(valueStart + 1, "the version is empty", "a version after 'version='");
        }
        int stray = indexOfAny(value, "?&");
        if (stray >= 0) {
            throw new MalformedReferenceException(
                    valueStart + stray + 1, "more than one parameter", "one version and nothing else after '?'");
        }
        return PercentEncoding.decode(value, valueStart);
    }

    private String field(int start) {
        String encoded = text.substring(start);
        if (encoded.isEmpty()) {
            throw new MalformedReferenceException(
                    start + 1, "the field is empty", "a member's name or a JSON pointer after '#'");
        }
        int version = encoded.indexOf("?" + VERSION + "=");
        if (version >= 0) {
            throw new MalformedReferenceException(
                    start + version + 1, "a version behind the field", "?version=<v> before the '#'");
        }
        String field = PercentEncoding.decode(encoded, start);
        int tilde = field.startsWith("/") ? badTilde(field) : -1;
        if (tilde >= 0) {
            int before = PercentEncoding.encode(field.substring(0, tilde)).length();
            throw new MalformedReferenceException(
                    start + before + 1, "'~' without 0 or 1 in a JSON pointer", "~0 for '~' or ~1 for '/' (RFC 6901)");
        }
        return field;
    }

    private static int badTilde(String pointer) {
        for (int i = pointer.indexOf('~'); i >= 0; i = pointer.indexOf('~', i + 1)) {
            if (i + 1 >= pointer.length() || "01".indexOf(pointer.charAt(i + 1)) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfAny(String value, String characters) {
        for (int i = 0; i < value.length(); i++) {
            if (characters.indexOf(value.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
