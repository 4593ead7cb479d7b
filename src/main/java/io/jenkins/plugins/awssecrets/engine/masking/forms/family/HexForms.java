package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Hex;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.NodeNumbers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each byte as a number: hexadecimal with the usual separators, decimal arrays, octal; and base32 (RFC 4648). */
public final class HexForms implements FormFamily {
    /** od and Node's Buffer, openssl and SSH, GUID-like dumps, C and JavaScript arrays, escapes, percent. */
    private static final List<String> SEPARATORS =
            List.of("", " ", ":", "-", ", 0x", ",0x", " 0x", "\\x", "\\\\x", "%", ",", ", ", "\n", ", 0X");

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    @Override
    public void derive(Subject subject, Patterns into) {
        byte[] bytes = subject.bytes();
        into.addIfSafe(joined(bytes, "", false));
        into.addIfSafe(joined(bytes, "", true));
        if (subject.scope() == Scope.CORE) {
            return;
        }
        for (String separator : SEPARATORS) {
            into.addIfSafe(joined(bytes, separator, false));
            into.addIfSafe(joined(bytes, separator, true));
        }
        // xxd -p of a file that PowerShell 5 wrote
        subject.text().ifPresent(text -> {
            into.addIfSafe(joined(text.getBytes(StandardCharsets.UTF_16LE), "", false));
            into.addIfSafe(joined(text.getBytes(StandardCharsets.UTF_16LE), "", true));
            into.addIfSafe(joined(text.getBytes(StandardCharsets.UTF_16BE), "", false));
        });
        for (String separator : List.of(", ", ",", " ", "\n", ",\n  ", ",\n    ")) {
            into.addIfSafe(decimal(bytes, separator, false));
            into.addIfSafe(decimal(bytes, separator, true));
        }
        // Perl's %vx and %vd
        into.addIfSafe(joined(bytes, ".", false));
        into.addIfSafe(decimal(bytes, ".", false));
        NodeNumbers.lines(bytes).forEach(into::addIfSafe);
        into.addIfSafe(shortest(bytes));
        into.addIfSafe(octal(bytes));
        subject.text().ifPresent(text -> everyCharacter(text, into));
        for (int before = 0; before < 5; before++) {
            into.addIfSafe(base32(bytes, before));
        }
    }

    /** Two digits a byte. */
    public static String joined(byte[] bytes, String separator, boolean upper) {
        StringBuilder out = new StringBuilder(bytes.length * (2 + separator.length()));
        for (byte b : bytes) {
            if (!out.isEmpty()) {
                out.append(separator);
            }
            Hex.append(out, b & 0xff, 2, upper);
        }
        return out.toString();
    }

    /** Java's bytes have a sign, everybody else's have none. */
    private static String decimal(byte[] bytes, String separator, boolean signed) {
        StringBuilder out = new StringBuilder(bytes.length * 4);
        for (byte b : bytes) {
            if (!out.isEmpty()) {
                out.append(separator);
            }
            out.append(signed ? b : b & 0xff);
        }
        return out.toString();
    }

    /** Go's {@code %#v} writes no leading zeros. */
    private static String shortest(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 6);
        for (byte b : bytes) {
            out.append(out.isEmpty() ? "0x" : ", 0x");
            Hex.append(out, b & 0xff, 1, false);
        }
        return out.toString();
    }

    private static String octal(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 4);
        for (byte b : bytes) {
            out.append(Escape.octal(b & 0xff));
        }
        return out.toString();
    }

    /** Obfuscators escape what needs no escape. */
    private static void everyCharacter(String text, Patterns into) {
        for (Escape escape : List.of(
                Escape.U_LOWER,
                Escape.U_UPPER,
                Escape.REFERENCE,
                Escape.REFERENCE_LOWER,
                Escape.REFERENCE_UPPER,
                (c, next) -> "\\u{" + Integer.toHexString(c) + '}',
                (c, next) -> "\\x{" + Integer.toHexString(c) + '}',
                (c, next) -> Escape.units(c, "%u", "", false))) {
            StringBuilder out = new StringBuilder(text.length() * 6);
            text.codePoints().forEach(c -> out.append(escape.of(c, -1)));
            into.add(out.toString());
        }
        // Java's Arrays.toString(char[]), arrays of Python and JSON, sed 's/./& /g', fold -w1
        for (String separator : List.of(", ", ",", " ", "\n")) {
            into.addIfSafe(joined(text.codePoints().mapToObj(Character::toString), separator));
        }
        for (String separator : List.of("\", \"", "\",\"")) {
            into.addIfSafe(
                    joined(text.codePoints().mapToObj(Character::toString).map(JsonForms.MINIMAL), separator));
        }
        into.addIfSafe(joined(text.codePoints().mapToObj(Character::toString).map(LiteralForms.PYTHON_QUOTED), "', '"));
        // jq's explode, Python's ord
        into.addIfSafe(joined(text.codePoints().mapToObj(Integer::toString), ","));
        into.addIfSafe(joined(text.codePoints().mapToObj(Integer::toString), ", "));
    }

    private static String joined(Stream<String> parts, String separator) {
        return parts.collect(Collectors.joining(separator));
    }

    /** The characters of base32 made of the secret's bits alone, where so many bytes (0 to 4) stand in front. */
    static String base32(byte[] bytes, int before) {
        int from = (8 * before + 4) / 5;
        int to = 8 * (before + bytes.length) / 5;
        StringBuilder out = new StringBuilder(Math.max(0, to - from));
        for (int character = from; character < to; character++) {
            int value = 0;
            for (int bit = 5 * character - 8 * before; bit < 5 * character - 8 * before + 5; bit++) {
                value = value << 1 | bytes[bit >> 3] >> (7 - (bit & 7)) & 1;
            }
            out.append(BASE32.charAt(value));
        }
        return out.toString();
    }
}
