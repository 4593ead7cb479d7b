package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What a tool printed for a secret, from a file of tab-separated columns: secret, form, leaked text, how it was
 * obtained, the tool's whole output (empty: the leaked text).
 */
record ToolVector(byte[] secret, String form, byte[] leaked, String how, byte[] output) {

    /** The vectors of a resource below {@code engine/masking}. */
    static List<ToolVector> read(String name) {
        try (InputStream in = ToolVector.class.getResourceAsStream("/engine/masking/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# ") && !line.isEmpty())
                    .map(ToolVector::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToolVector parse(String line) {
        String[] columns = line.split("\t", -1);
        String form = columns[1];
        byte[] leaked = bytes(form, columns[2]);
        byte[] output = columns.length > 4 && !columns[4].isEmpty() ? bytes(form, columns[4]) : leaked;
        byte[] secret = columns[0].startsWith("hex:")
                ? HexFormat.of().parseHex(columns[0].substring(4))
                : unescape(columns[0]).getBytes(StandardCharsets.UTF_8);
        return new ToolVector(secret, form, leaked, columns[3], output);
    }

    /** A form whose name ends in {@code -bytes} is no UTF-8: the file has it in hex, or as Latin-1. */
    private static byte[] bytes(String form, String column) {
        if (form.equals("utf16le-bytes") || form.endsWith(".hex-bytes")) {
            return HexFormat.of().parseHex(column);
        }
        return unescape(column)
                .getBytes(form.endsWith("-bytes") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static String unescape(String column) {
        StringBuilder out = new StringBuilder(column.length());
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == '\\') {
                char escaped = column.charAt(++i);
                c = switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'e' -> '\u001b';
                    default -> escaped;
                };
            }
            out.append(c);
        }
        return out.toString();
    }

    /** Whether the tool cut its output into lines at a column that the forms cannot know. */
    boolean isWrapped() {
        return form.startsWith("wrapped.");
    }

    boolean endsInLineBreak() {
        return secret[secret.length - 1] == '\n';
    }

    @Override
    public String toString() {
        return form + ": " + how;
    }
}
