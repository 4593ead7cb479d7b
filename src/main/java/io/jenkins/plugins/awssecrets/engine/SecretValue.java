package io.jenkins.plugins.awssecrets.engine;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A secret's bytes. {@link #toString()} is redacted and Java serialisation refuses it, so that a value reaches a log or
 * a disk only by a call that names what it does ({@link #bytes()}, {@link #reveal()}).
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SecretValue {
    private final byte[] bytes;
    private final SortedSet<String> shown;

    private SecretValue(byte[] bytes) {
        this(bytes, new TreeSet<>());
    }

    private SecretValue(byte[] bytes, SortedSet<String> shown) {
        this.bytes = bytes;
        this.shown = Collections.unmodifiableSortedSet(shown);
    }

    /** The value made of these bytes, which are copied. */
    public static SecretValue of(byte[] bytes) {
        return new SecretValue(bytes.clone());
    }

    /** The value whose bytes are the UTF-8 form of the text. */
    public static SecretValue of(String text) {
        return new SecretValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same document with what is no secret in it: members of these texts stay readable in a log, unless they are part
     * of what is masked elsewhere.
     */
    public SecretValue showing(Collection<String> texts) {
        return new SecretValue(bytes, new TreeSet<>(texts));
    }

    /** The texts in it that are no secrets by themselves; mostly none. */
    public SortedSet<String> shown() {
        return shown;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** Whether the bytes are well-formed UTF-8, so that {@link #reveal()} gives them as text. */
    public boolean isText() {
        try {
            decode();
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * The value as text.
     *
     * @throws IllegalStateException when the bytes are not well-formed UTF-8
     */
    public String reveal() {
        try {
            return decode();
        } catch (CharacterCodingException e) {
            // Without the cause: its message is harmless today, yet nothing promises that.
            throw new IllegalStateException("the value is binary, not UTF-8 text");
        }
    }

    private String decode() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretValue that
                && MessageDigest.isEqual(bytes, that.bytes)
                && shown.equals(that.shown);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Always {@code ****}. */
    @Override
    public String toString() {
        return "****";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(SecretValue.class.getName());
    }
}
