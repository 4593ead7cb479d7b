package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct forms found so far. A form shorter than its subject, or than 8 bytes where the subject is longer, is
 * left out: it would match by chance.
 */
public final class Patterns {
    /** From this length on a form made of letters and digits only is no chance match in a log. */
    static final int SAFE_LENGTH = 8;

    private static final int LONGER_THAN_WORDS = 16;

    private final Map<Key, byte[]> forms;
    private final int shortest;

    private Patterns(Map<Key, byte[]> forms, int shortest) {
        this.forms = forms;
        this.shortest = shortest;
    }

    public static Patterns empty() {
        return new Patterns(new LinkedHashMap<>(), SAFE_LENGTH);
    }

    /** The same patterns, taking the forms of a subject of so many bytes. */
    public Patterns ofSubject(int size) {
        return new Patterns(forms, Math.min(SAFE_LENGTH, size));
    }

    /** Adds the value itself, whatever its length. */
    public void plain(byte[] value) {
        forms.putIfAbsent(new Key(value), value);
    }

    public void add(byte[] form) {
        if (form.length >= shortest) {
            plain(form);
        }
    }

    public void add(String form) {
        add(form.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the text as the table writes it, where that makes a difference. */
    public void add(EscapeTable table, String text) {
        String form = table.apply(text);
        if (!form.equals(text)) {
            add(form);
        }
        if (table.leads(text)) {
            add(table.inside().apply(text));
        }
    }

    /** The same for bytes as the characters 0 to 255. */
    void addLatin1(EscapeTable table, String bytes) {
        String form = table.apply(bytes);
        if (!form.equals(bytes)) {
            addLatin1(form);
        }
    }

    /** Adds a form of which each character stands for one byte. */
    void addLatin1(String form) {
        add(form.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Adds a form that has lost characters or is an alphabet of digits: too likely to be a word when it is short. */
    void addIfSafe(String form) {
        if (form.length() >= SAFE_LENGTH) {
            add(form);
        }
    }

    /** Adds what is left when characters are consumed, unless it is a word that a log may well hold. */
    void addUnlessWord(String form) {
        if (form.length() >= LONGER_THAN_WORDS || form.chars().anyMatch(c -> !Character.isLetter(c))) {
            addIfSafe(form);
        }
    }

    public List<byte[]> all() {
        return List.copyOf(forms.values());
    }

    /** Bytes as a key: equal by content. */
    private static final class Key {
        private final byte[] bytes;
        private final int hash;

        Key(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && hash == that.hash && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
