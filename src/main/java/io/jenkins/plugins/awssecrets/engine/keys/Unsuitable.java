package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The errors about what is not the key material that a field is for. They name what it is, and nothing of its content. */
final class Unsuitable {
    private static final int LONGEST_PATH = 260;
    private static final Pattern SSH_PUBLIC =
            Pattern.compile("(?s)(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-\\S+|sk-(?:ssh|ecdsa)-\\S+)\\s+AAAA.*");
    private static final Pattern SSH_CERTIFICATE = Pattern.compile("(?s)\\S+-cert-v0\\d@openssh\\.com\\s+AAAA.*");
    private static final Pattern PATH = Pattern.compile("(?:~|\\.{1,2})?/\\S*|[A-Za-z]:[\\\\/].*|file:\\S+");
    private static final Pattern FINGERPRINT = Pattern.compile("(?s)(?:\\d+ )?(?:SHA256:|MD5:)\\S+.*");

    private final String field;
    private final String wanted;
    private final String fix;

    /**
     * @param field the subject of the errors
     * @param wanted what it should be: {@code a private key}
     * @param fix how to give it one
     */
    Unsuitable(String field, String wanted, String fix) {
        this.field = field;
        this.wanted = wanted;
        this.fix = fix;
    }

    SecretException because(String reason) {
        return because(reason, fix);
    }

    SecretException because(String reason, String otherFix) {
        return new SecretException(Problem.UNSUITABLE, field, reason, otherFix);
    }

    /** Says what it is, where the private key should be. */
    SecretException isNoKey(KeyText given) {
        return new Unsuitable(field, "a private key", fix).is(given);
    }

    /** Says what it is. */
    SecretException is(KeyText given) {
        if (given.broken().isPresent()) {
            return because(given.broken().get(), "store it whole, from its BEGIN to its END line");
        }
        if (!given.blocks().isEmpty()) {
            return because("it is " + PemLabels.meaning(given.blocks().get(0).label()) + ", not " + wanted);
        }
        byte[] bytes = given.bytes();
        if (KeyStores.isJavaStore(bytes)) {
            return because("it is a Java key store (JKS), not " + wanted);
        }
        Optional<List<String>> members = members(bytes);
        if (members.isPresent()) {
            return because(
                    "it is a JSON object" + listed(members.get()) + ", not " + wanted,
                    "name the member that holds it with #<member>");
        }
        return given.text()
                .map(text -> {
                    Named named = named(text);
                    return because(
                            "it is " + named.what() + ", not " + wanted,
                            named.fix().isEmpty() ? fix : named.fix());
                })
                .orElseGet(() -> because("it is binary and in no known format, not " + wanted));
    }

    /** @param fix empty for the usual one */
    private record Named(String what, String fix) {}

    private static Named named(String text) {
        if (text.isEmpty()) {
            return new Named("blank", "");
        }
        if (SSH_CERTIFICATE.matcher(text).matches()) {
            return new Named("an OpenSSH certificate", "");
        }
        if (SSH_PUBLIC.matcher(text).matches()) {
            return new Named("a public key", "");
        }
        if (text.startsWith("---- BEGIN SSH2 PUBLIC KEY")) {
            return new Named("a public key", "");
        }
        if (text.startsWith("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY")) {
            return new Named("a private key in the format of ssh.com", "convert it with: ssh-keygen -i -f KEY");
        }
        if (text.startsWith("PuTTY-User-Key-File-")) {
            return new Named(
                    "a key in PuTTY's format",
                    "convert it with: puttygen KEY.ppk -O private-openssh -o KEY; for PuTTY's own tools use the kind"
                            + " file");
        }
        if (text.startsWith("AGE-SECRET-KEY-")) {
            return new Named("a key for age", "");
        }
        if (FINGERPRINT.matcher(text).matches()) {
            return new Named("a key's fingerprint", "");
        }
        if (text.toLowerCase(Locale.ROOT).startsWith("arn:")) {
            return new Named("an ARN", "store the key itself, or refer to what the ARN names");
        }
        if (text.length() < LONGEST_PATH && PATH.matcher(text).matches()) {
            return new Named("the path of a file", "store the file's content");
        }
        if (text.startsWith("<")) {
            return new Named("an HTML or XML document", "");
        }
        return new Named("text in no known format", "");
    }

    private static Optional<List<String>> members(byte[] bytes) {
        if (bytes.length == 0
                || !new String(bytes, StandardCharsets.UTF_8).strip().startsWith("{")) {
            return Optional.empty();
        }
        return JsonTree.read(bytes).filter(node -> node.isObject()).map(node -> {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            return names;
        });
    }

    private static String listed(List<String> members) {
        return members.isEmpty() ? "" : " with the members " + String.join(", ", members);
    }
}
