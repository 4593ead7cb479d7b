package io.jenkins.plugins.awssecrets.engine.masking.forms;

import io.jenkins.plugins.awssecrets.engine.masking.forms.family.HexForms;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.JsonForms;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Lines;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.OtherBases;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Patterns;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Scope;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Subject;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Base64Core;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is looked for although a tool has broken it into lines, framed, quoted or coloured it.
 *
 * @param plain the secret and the secrets in it
 * @param encoded what encodings make of them
 * @param files what base64 makes of a file that is the secret
 */
public record LayoutTexts(List<byte[]> plain, List<byte[]> encoded, List<byte[]> files) {
    /** Longer ones are looked for in fewer encodings. */
    private static final int LONG = 1024;

    /** Of these, base64 alone. */
    private static final int VERY_LONG = 4 * 1024;

    /** Columns of {@code base64}. */
    private static final int COLUMNS = 76;

    private static final int DEEPEST = 3;

    /** Those of a secret, but for the texts in it that are shown. */
    public static LayoutTexts of(byte[] value, Set<String> shown) {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        Set<String> bare = new LinkedHashSet<>();
        collect(Subject.of(value, Scope.WHOLE), DEEPEST, shown, subjects, bare);
        List<byte[]> plain = new ArrayList<>();
        Patterns encoded = Patterns.empty();
        bare.forEach(text -> plain.add(text.getBytes(StandardCharsets.UTF_8)));
        for (Subject subject : subjects.values()) {
            // What a PEM begins and ends with is no secret, and its body is among the bare texts.
            subject.text().filter(text -> Lines.body(text).isEmpty()).ifPresent(text -> plain.add(subject.bytes()));
            encodings(subject, encoded);
        }
        // The line breaks of base64 and the one at the end of a file are encoded too.
        if (subjects.size() == 1 && bare.size() <= 1) {
            alignments(wrapped(Base64Core.line(Base64Core.padded(value))), encoded);
        } else if (value.length <= 2 * LONG) {
            encoded.add(Base64Core.of(wrapped(Base64Core.line(Base64Core.padded(value))), 0));
        }
        List<byte[]> files = value.length > VERY_LONG ? List.of() : List.of(Base64Core.of(value, 0));
        return new LayoutTexts(plain, encoded.all(), files);
    }

    /** @param bare takes texts of which no encoding is looked for, as what is secret in them is among the others */
    private static void collect(
            Subject subject, int depth, Set<String> shown, Map<String, Subject> into, Set<String> bare) {
        if (subject.text().isEmpty()) {
            into.putIfAbsent(subject.latin1(), subject);
            return;
        }
        String text = subject.text().get();
        if (depth > 0) {
            var json = JsonSecret.parse(text);
            if (json.isPresent()) {
                json.get()
                        .leaves(shown)
                        .forEach(leaf -> collect(Subject.of(leaf, Scope.WHOLE), depth - 1, shown, into, bare));
                return;
            }
            Set<String> inside = TextSecrets.of(text);
            inside.forEach(value -> collect(Subject.of(value, Scope.WHOLE), 0, shown, into, bare));
            if (!inside.isEmpty() && subject.size() > LONG) {
                bare.add(text);
                return;
            }
        }
        into.putIfAbsent(text, subject);
        Lines.body(text).ifPresent(bare::add);
    }

    private static void encodings(Subject subject, Patterns into) {
        byte[] bytes = subject.bytes();
        alignments(bytes, into);
        if (bytes.length > VERY_LONG) {
            return;
        }
        into.add(HexForms.joined(bytes, "", false));
        // of the same letters, but in another row
        into.add(HexForms.joined(bytes, " ", false));
        if (bytes.length <= 2 * LONG) {
            grouped(bytes, into);
        }
        if (bytes.length > LONG) {
            // What is base64 already, as in a kubeconfig, is hardly encoded more than once again.
            subject.text().filter(Lines::isMultiLine).ifPresent(text -> longText(text, into));
            if (subject.text().isEmpty()) {
                twice(bytes, into);
            }
            return;
        }
        into.add(HexForms.joined(bytes, "", true));
        OtherBases.layout(bytes, into);
        subject.text().ifPresent(text -> {
            spellings(text).forEach(each -> alignments(each, into));
            alignments(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), into);
            // PowerShell's
            alignments(text.getBytes(StandardCharsets.UTF_16LE), into);
            alignments(text.getBytes(StandardCharsets.UTF_16BE), into);
        });
        alignments(Base64Core.of(bytes, 1), into);
        alignments(Base64Core.of(bytes, 2), into);
        twice(bytes, into);
    }

    private static void longText(String text, Patterns into) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        into.add(HexForms.joined(bytes, "", true));
        spellings(text).forEach(each -> alignments(each, into));
        // PowerShell's, which encodes a whole script
        into.add(Base64Core.of(text.getBytes(StandardCharsets.UTF_16LE), 0));
        twice(bytes, into);
    }

    /** Base64 of base64, and once more. */
    private static void twice(byte[] bytes, Patterns into) {
        byte[] once = Base64Core.of(bytes, 0);
        alignments(once, into);
        into.add(Base64Core.of(Base64Core.of(once, 0), 0));
    }

    /** Hex in groups of two bytes and of four, wherever the first group begins. */
    private static void grouped(byte[] bytes, Patterns into) {
        String digits = HexForms.joined(bytes, "", false);
        for (int group = 4; group <= 8; group += 4) {
            for (int first = 2; first <= group; first += 2) {
                StringBuilder out = new StringBuilder(digits.length() * 3 / 2);
                for (int at = 0; at < digits.length(); at++) {
                    if (at > 0 && (at - first) % group == 0) {
                        out.append(' ');
                    }
                    out.append(digits.charAt(at));
                }
                into.add(out.toString());
            }
        }
    }

    private static Set<byte[]> spellings(String text) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(JsonForms.MINIMAL.apply(text));
        spellings.add(JsonForms.GO.apply(text));
        spellings.add(JsonForms.ASCII.apply(text));
        spellings.remove(text);
        Set<byte[]> all = new LinkedHashSet<>();
        spellings.forEach(each -> all.add(each.getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    private static void alignments(byte[] data, Patterns into) {
        for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
            into.add(Base64Core.of(data, before));
        }
    }

    /** As {@code base64} writes it, which is then encoded again. */
    private static byte[] wrapped(byte[] line) {
        byte[] out = new byte[line.length + line.length / COLUMNS];
        int to = 0;
        for (int from = 0; from < line.length; from += COLUMNS) {
            if (from > 0 && line[from] != '\n') {
                out[to++] = '\n';
            }
            int length = Math.min(COLUMNS, line.length - from);
            System.arraycopy(line, from, out, to, length);
            to += length;
        }
        return Arrays.copyOf(out, to);
    }
}
