package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Base64Core;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Base32 with the other alphabet, base85 and uuencode, which Python, Perl, git and {@code basenc} write. */
public final class OtherBases implements FormFamily {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE32_HEX = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Adobe's, RFC 1924's, ZeroMQ's. */
    private static final List<String> BASE85 = List.of(
            range('!', 'u'),
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#");

    /** Characters of a line of uuencode: 45 bytes. */
    private static final int UU_LINE = 60;

    private static final int SHORTEST_LINE = 16;

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() != Scope.WHOLE) {
            return;
        }
        byte[] bytes = subject.bytes();
        for (int before = 0; before < 5; before++) {
            into.addIfSafe(base32Hex(bytes, before));
        }
        for (String alphabet : BASE85) {
            into.addIfSafe(base85(bytes, alphabet));
            // where more follows, only whole groups are known
            into.addIfSafe(base85(Arrays.copyOf(bytes, bytes.length / 4 * 4), alphabet));
        }
        lines(bytes, into);
        for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
            byte[] core = Base64Core.of(bytes, before);
            String text = new String(core, StandardCharsets.ISO_8859_1);
            into.addIfSafe(translated(text, BASE64, '`' + range('!', '_')));
            into.addIfSafe(translated(text, BASE64, range(' ', '_')));
        }
    }

    /** Base85 and base32 of a file that is the secret, which tools cut into lines. */
    public static void layout(byte[] bytes, Patterns into) {
        BASE85.forEach(alphabet -> into.addIfSafe(base85(bytes, alphabet)));
        into.addIfSafe(HexForms.base32(bytes, 0));
    }

    /** As {@link HexForms#base32}, with the alphabet whose order is that of the bytes. */
    static String base32Hex(byte[] bytes, int before) {
        return translated(HexForms.base32(bytes, before), BASE32, BASE32_HEX);
    }

    /** The lines of uuencode, of a file that is the secret. */
    public static void lines(byte[] bytes, Patterns into) {
        String whole = new String(Base64Core.of(bytes, 0), StandardCharsets.ISO_8859_1);
        for (int from = 0; from < whole.length() && whole.length() > UU_LINE; from += UU_LINE) {
            String line = whole.substring(from, Math.min(from + UU_LINE, whole.length()));
            if (line.length() >= SHORTEST_LINE) {
                into.add(translated(line, BASE64, '`' + range('!', '_')));
                into.add(translated(line, BASE64, range(' ', '_')));
            }
        }
    }

    private static String translated(String text, String from, String to) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(to.charAt(from.indexOf(c))));
        return out.toString();
    }

    /** Five characters for four bytes; fewer for fewer at the end. */
    private static String base85(byte[] bytes, String alphabet) {
        StringBuilder out = new StringBuilder(bytes.length * 5 / 4 + 5);
        for (int from = 0; from < bytes.length; from += 4) {
            int present = Math.min(4, bytes.length - from);
            long group = 0;
            for (int i = 0; i < 4; i++) {
                group = group << Byte.SIZE | (i < present ? bytes[from + i] & 0xff : 0);
            }
            char[] five = new char[5];
            for (int i = 4; i >= 0; i--) {
                five[i] = alphabet.charAt((int) (group % 85));
                group /= 85;
            }
            out.append(five, 0, present + 1);
        }
        return out.toString();
    }

    private static String range(char first, char last) {
        StringBuilder out = new StringBuilder();
        for (char c = first; c <= last; c++) {
            out.append(c);
        }
        return out.toString();
    }
}
