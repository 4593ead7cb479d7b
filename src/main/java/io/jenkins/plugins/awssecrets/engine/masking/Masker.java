package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.search.PatternSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Hides a set of secrets in text, in every form of {@link SecretForms}: each longest stretch of bytes that forms cover,
 * overlapping or touching, becomes one {@code ****}; every other byte stays as it is.
 *
 * <p>Compiled once and shared by all streams that use it; the set may grow while they run. Safe for use by several
 * threads. Not serialisable, since it holds the values.
 *
 * <p>A secret that contains {@code *}: a form that begins or ends with {@code *} or holds {@code ****} is also masked
 * without those stars, so that text beside a mask never completes a form and masking twice is masking once. (Not so
 * when fewer than half of the form's bytes, or fewer than three, are left without them.)
 */
public final class Masker {
    private final CompiledSets sets;
    private final SortedSet<String> digests = new TreeSet<>();
    private volatile Matcher matcher = Matcher.of(PatternSet.empty());

    private Masker(CompiledSets sets, Collection<SecretValue> secrets) {
        this.sets = sets;
        add(secrets);
    }

    /** A masker that looks for the forms that a function gives. {@link #of} is the one with all forms. */
    Masker(Function<SecretValue, Collection<byte[]>> forms, Collection<SecretValue> secrets) {
        this(new CompiledSets(forms), secrets);
    }

    /** A masker of these secrets. Those that are not {@link #maskable} are ignored. */
    public static Masker of(Collection<SecretValue> secrets) {
        return of(secrets, new CompiledSets());
    }

    /** The same, sharing what is compiled with all maskers of these sets. */
    public static Masker of(Collection<SecretValue> secrets, CompiledSets sets) {
        return new Masker(sets, secrets);
    }

    /**
     * Whether a value can be masked: it has at least 3 bytes (a shorter one would shred the log) and is not made of
     * {@code *} alone (the mask would show it). A caller warns, by name, of those that can not.
     */
    public static boolean maskable(SecretValue value) {
        return PatternSet.isMaskable(value.bytes());
    }

    /**
     * Adds secrets. When this returns, every stream's next write, flush or close masks them, also in the bytes that it
     * holds back; until then the streams go on undisturbed.
     */
    public void add(Collection<SecretValue> secrets) {
        Map<String, SecretValue> added = new LinkedHashMap<>();
        secrets.stream().filter(Masker::maskable).forEach(secret -> added.putIfAbsent(sets.digest(secret), secret));
        compile(added);
    }

    /** One writer at a time; readers take the volatile field and never wait. */
    private synchronized void compile(Map<String, SecretValue> added) {
        added.keySet().removeAll(digests);
        if (!added.isEmpty()) {
            SortedSet<String> all = new TreeSet<>(digests);
            all.addAll(added.keySet());
            matcher = sets.compiled(matcher, all, added.values());
            digests.addAll(added.keySet());
        }
    }

    /** A new array: the bytes, masked. */
    public byte[] mask(byte[] bytes) {
        ByteArrayOutputStream sink = new ByteArrayOutputStream(bytes.length);
        try (MaskingOutputStream masking = new MaskingOutputStream(sink, this)) {
            masking.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused a write", e);
        }
        return sink.toByteArray();
    }

    /** The text, masked by its UTF-8 bytes; the same object when it holds no form. */
    public String mask(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] masked = mask(bytes);
        return Arrays.equals(bytes, masked) ? text : new String(masked, StandardCharsets.UTF_8);
    }

    Matcher matcher() {
        return matcher;
    }

    /** How much is looked for, never what. */
    @Override
    public String toString() {
        return "Masker[" + matcher.patterns().size() + " patterns]";
    }
}
