package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What forms are derived from: a secret, one of its lines or one of its JSON leaves, without the blanks around it. */
public final class Subject {
    /**
     * From more bytes than this on, a subject gets the {@linkplain Scope#CORE usual} forms only. What else a tool may make
     * of it is found by its letters, whatever the layout.
     */
    public static final int LARGE = 1024;

    private final byte[] bytes;
    private final String text;
    private final Scope scope;

    private Subject(byte[] bytes, String text, Scope scope) {
        this.bytes = bytes;
        this.text = text;
        this.scope = bytes.length > LARGE ? Scope.CORE : scope;
    }

    /** The subject made of a text. */
    public static Subject of(String text, Scope scope) {
        String stripped = strip(text);
        return new Subject(stripped.getBytes(StandardCharsets.UTF_8), stripped, scope);
    }

    /** The subject made of bytes: a text when they are well-formed UTF-8, else binary. */
    public static Subject of(byte[] bytes, Scope scope) {
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
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    /** The text, or empty for a binary value. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The bytes as characters 0 to 255, which is what a table over bytes reads. */
    public String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public Scope scope() {
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
