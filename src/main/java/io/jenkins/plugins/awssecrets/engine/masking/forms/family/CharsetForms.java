package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The text in another encoding than UTF-8, and UTF-8 read as another encoding ("mojibake"). Windows consoles have their
 * own code pages, PowerShell 5 writes UTF-16, macOS decomposes accents.
 */
final class CharsetForms implements FormFamily {
    /** The code pages that consoles and old tools use, as far as this Java has them. */
    private static final List<Charset> CODE_PAGES = Stream.of(
                    "ISO-8859-1",
                    "windows-1252",
                    "IBM850",
                    "IBM437",
                    "ISO-8859-15",
                    "windows-1250",
                    "windows-1251",
                    "KOI8-R",
                    "IBM866",
                    "x-MacRoman",
                    "GBK",
                    "Shift_JIS")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    private static final List<EscapeTable> WIDE = List.of(
            LiteralForms.PYTHON.and().beyond(Escape.X_LOWER).build(),
            LiteralForms.PYTHON_QUOTED.and().beyond(Escape.X_LOWER).build());

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        subject.text().ifPresent(text -> {
            into.add(text.getBytes(StandardCharsets.UTF_16LE));
            into.add(text.getBytes(StandardCharsets.UTF_16BE));
            // as a literal of bytes
            String wide = new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
            WIDE.forEach(table -> into.addLatin1(table, wide));
            if (text.length() < subject.size()) {
                beyondAscii(text, subject.bytes(), into);
            }
        });
    }

    private static void beyondAscii(String text, byte[] utf8, Patterns into) {
        for (Charset charset : CODE_PAGES) {
            byte[] encoded = text.getBytes(charset);
            if (lost(encoded, text) == 0 || encoded.length - lost(encoded, text) >= Patterns.SAFE_LENGTH) {
                into.add(encoded);
            }
            String read = new String(utf8, charset);
            into.add(read);
            into.add(JsonForms.MINIMAL, read);
            into.add(new String(read.getBytes(StandardCharsets.UTF_8), charset));
        }
        for (Normalizer.Form form : Normalizer.Form.values()) {
            into.add(Normalizer.normalize(text, form));
        }
        // iconv -c, and what keeps printable ASCII only
        String marked = Normalizer.normalize(text, Normalizer.Form.NFKD);
        into.addUnlessWord(marked.replaceAll("\\p{M}", ""));
        into.addUnlessWord(text.replaceAll("[^\\x00-\\x7f]", ""));
        // What an encoder or decoder of ASCII puts in the place of each character, or of each byte.
        long kept = text.chars().filter(c -> c < 0x80).count();
        if (kept >= Patterns.SAFE_LENGTH) {
            into.add(text.getBytes(StandardCharsets.US_ASCII));
            into.add(new String(utf8, StandardCharsets.US_ASCII));
        }
    }

    /** How many characters the encoder had no bytes for, each of which it wrote as a question mark. */
    private static long lost(byte[] encoded, String text) {
        long marks = 0;
        for (byte each : encoded) {
            marks += each == '?' ? 1 : 0;
        }
        return marks - text.chars().filter(c -> c == '?').count();
    }
}
