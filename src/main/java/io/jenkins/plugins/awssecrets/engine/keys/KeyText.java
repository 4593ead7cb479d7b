package io.jenkins.plugins.awssecrets.engine.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is left of key material when its wrappings are off: a byte order mark, UTF-16, JSON's quotes, base64, and what
 * happened to its lines.
 *
 * @param blocks of PEM, in order; of DER too, which is given the label that it would have
 * @param bytes the innermost bytes
 * @param broken what is wrong with its PEM
 */
record KeyText(List<PemBlock> blocks, byte[] bytes, Optional<String> broken) {
    /** Base64 of base64 of a quoted text: nobody wraps more often by mistake. */
    private static final int MOST_WRAPPINGS = 4;

    private static final int SHORTEST_BASE64 = 40;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_][A-Za-z0-9+/_-]*={0,2}");
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN *([A-Z0-9 ]*?) *-----");
    private static final Pattern HEADERS = Pattern.compile(
            "\\A\\s*Proc-Type:\\s*4\\s*,\\s*ENCRYPTED\\s+DEK-Info:\\s*([A-Z0-9-]+)\\s*,\\s*([0-9A-Fa-f]+)\\s+");
    private static final Pattern OTHER_HEADER = Pattern.compile("(?m)^[A-Za-z][A-Za-z0-9-]*:[^\\n]*\\n");

    /** Escapes that a shell, JSON or YAML would have made a line end of, and the blanks that no eye sees. */
    private static final Pattern LINE_END = Pattern.compile("\\\\+[nrt]|\\\\u000[aAdD]|&#(?:1[03]|x[aAdD]);|%0[aAdD]");

    private static final Pattern INVISIBLE = Pattern.compile("[\\u00ad\\u200b-\\u200f\\u2060\\ufeff]");
    private static final Pattern BLANK = Pattern.compile("[\\u00a0\\u2000-\\u200a\\u2028\\u2029\\u202f\\u3000]");

    static KeyText of(SecretValue value) {
        byte[] bytes = value.bytes();
        for (int i = 0; i < MOST_WRAPPINGS; i++) {
            Optional<String> text = text(bytes);
            if (text.isEmpty()) {
                break;
            }
            if (text.get().contains("-----BEGIN")) {
                return pem(text.get());
            }
            // A password may happen to be base64: what comes out must be something.
            Optional<byte[]> inner = unwrapped(text.get()).filter(KeyText::isKnown);
            if (inner.isEmpty()) {
                break;
            }
            bytes = inner.get();
        }
        Optional<String> label = DerContent.label(bytes);
        return new KeyText(
                label.isPresent() ? List.of(new PemBlock(label.get(), bytes)) : List.of(), bytes, Optional.empty());
    }

    /** The bytes as text; empty for what is none. */
    Optional<String> text() {
        return text(bytes);
    }

    /** The one private key in it; refused by name where there is none, or more. */
    PemBlock privateKey(Unsuitable unsuitable) {
        List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
        if (keys.isEmpty()) {
            throw unsuitable.is(this);
        }
        if (keys.size() > 1) {
            throw unsuitable.because("it holds " + keys.size() + " private keys", "store each as a secret of its own");
        }
        return keys.get(0);
    }

    private static Optional<String> text(byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            charset = StandardCharsets.UTF_16LE;
        } else if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            charset = StandardCharsets.UTF_16BE;
        }
        if (charset == StandardCharsets.UTF_8 && !SecretValue.of(bytes).isText()) {
            return Optional.empty();
        }
        String text = INVISIBLE.matcher(new String(bytes, charset)).replaceAll("");
        return Optional.of(BLANK.matcher(text).replaceAll(" ").strip()).filter(t -> t.indexOf('\0') < 0);
    }

    private static boolean isKnown(byte[] bytes) {
        return text(bytes).isPresent()
                || KeyStores.isJavaStore(bytes)
                || DerContent.label(bytes).isPresent();
    }

    private static Optional<byte[]> unwrapped(String text) {
        if (text.startsWith("\"") && text.endsWith("\"") && text.length() > 1) {
            return JsonTree.read(text.getBytes(StandardCharsets.UTF_8))
                    .filter(JsonNode::isTextual)
                    .map(node -> node.asText().getBytes(StandardCharsets.UTF_8));
        }
        String squeezed =
                LINE_END.matcher(text).replaceAll("").replaceAll("\\s+", "").replace("\\/", "/");
        if (squeezed.length() < SHORTEST_BASE64 || !BASE64.matcher(squeezed).matches()) {
            return Optional.empty();
        }
        return decoded(squeezed);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            String standard = base64.replace('-', '+').replace('_', '/');
            return Optional.of(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static KeyText pem(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        String lines = LINE_END.matcher(text).replaceAll("\n").replace("\r", "\n");
        Matcher begin = BEGIN.matcher(lines);
        int at = 0;
        while (begin.find(at)) {
            Pattern end = Pattern.compile("-----END *" + begin.group(1).replace(" ", " *") + " *-----");
            Matcher ending = end.matcher(lines);
            if (!ending.find(begin.end())) {
                return broken(text, "it is cut short: its END line is missing or another's");
            }
            String label = PemLabels.spaced(begin.group(1));
            Optional<PemBlock> block = block(label, lines.substring(begin.end(), ending.start()));
            if (block.isEmpty()) {
                return broken(text, "what is between its BEGIN and END lines is not base64");
            }
            blocks.add(block.get());
            at = ending.end();
        }
        return blocks.isEmpty()
                ? broken(text, "its BEGIN line is incomplete")
                : new KeyText(List.copyOf(blocks), text.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    private static KeyText broken(String text, String what) {
        return new KeyText(List.of(), text.getBytes(StandardCharsets.UTF_8), Optional.of(what));
    }

    private static Optional<PemBlock> block(String label, String body) {
        Matcher headers = HEADERS.matcher(body);
        Optional<String> encryption =
                headers.lookingAt() ? Optional.of(headers.group(1) + "," + headers.group(2)) : Optional.empty();
        String rest = encryption.isPresent()
                ? body.substring(headers.end())
                : OTHER_HEADER.matcher(body).replaceAll("");
        String base64 = rest.replaceAll("[\\s\"'>|,]+", "").replace("\\/", "/").replaceAll("\\\\", "");
        if (base64.isEmpty()) {
            return Optional.empty();
        }
        return decoded(base64).map(content -> new PemBlock(label, encryption, content));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyText that && blocks.equals(that.blocks) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "KeyText of " + blocks;
    }
}
