package io.jenkins.plugins.awssecrets.engine.masking.forms;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text in another encoding than UTF-8, and UTF-8 read as another encoding ("mojibake"). Windows consoles have their
 * own code pages, PowerShell 5 writes UTF-16, macOS decomposes accents.
 */
final class CharsetForms implements FormFamily {
    /** The encodings of a single byte that this Java has. */
    private static final List<Charset> SINGLE_BYTE = Stream.of(
                    "ISO-8859-1", "windows-1252", "IBM850", "IBM437", "ISO-8859-15")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        subject.text().ifPresent(text -> {
            into.add(text.getBytes(StandardCharsets.UTF_16LE));
            into.add(text.getBytes(StandardCharsets.UTF_16BE));
            if (text.length() < subject.size()) {
                beyondAscii(text, subject.bytes(), into);
            }
        });
    }

    private static void beyondAscii(String text, byte[] utf8, Patterns into) {
        for (Charset charset : SINGLE_BYTE) {
            encoded(text, charset).ifPresent(into::add);
            into.add(new String(utf8, charset));
        }
        for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
            into.add(Normalizer.normalize(text, form));
        }
        // What an encoder or decoder of ASCII puts in the place of each character, or of each byte.
        long kept = text.chars().filter(c -> c < 0x80).count();
        if (kept >= Patterns.SAFE_LENGTH) {
            into.add(text.getBytes(StandardCharsets.US_ASCII));
            into.add(new String(utf8, StandardCharsets.US_ASCII));
        }
    }

    private static Optional<byte[]> encoded(String text, Charset charset) {
        try {
            ByteBuffer bytes = charset.newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return Optional.of(copy);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
