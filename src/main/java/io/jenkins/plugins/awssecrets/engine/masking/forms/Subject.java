package io.jenkins.plugins.awssecrets.engine.masking.forms;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What forms are derived from: a secret, one of its lines or one of its JSON leaves, without the blanks around it. */
final class Subject {
    private final byte[] bytes;
    private final String text;
    private final Scope scope;

    private Subject(byte[] bytes, String text, Scope scope) {
        this.bytes = bytes;
        this.text = text;
        this.scope = bytes.length > Derivation.LARGE ? Scope.CORE : scope;
    }

    /** The subject made of a text. */
    static Subject of(String text, Scope scope) {
        String stripped = strip(text);
        return new Subject(stripped.getBytes(StandardCharsets.UTF_8), stripped, scope);
    }

    /** The subject made of bytes: a text when they are well-formed UTF-8, else binary. */
    static Subject of(byte[] bytes, Scope scope) {
        try {
            return of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    scope);
        } catch (CharacterCodingException e) {
            return new Subject(bytes.clone(), null, scope);
        }
    }

    /** The bytes, not copied: families read them only. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    /** The text, or empty for a binary value. */
    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The bytes as characters 0 to 255, which is what a table over bytes reads. */
    String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    Scope scope() {
        return scope;
    }

    /** A form of the stripped text is contained in the same form of the text with its blanks, so it masks both. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == 0 || c == '\uFEFF' || Character.isWhitespace(c);
    }
}
