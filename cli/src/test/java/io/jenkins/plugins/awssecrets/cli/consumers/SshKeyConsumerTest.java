package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH reads every key that ssh-keygen and openssl make, whatever happened to it in the store. */
@Timeout(300)
class SshKeyConsumerTest {
    @TempDir
    Path directory;

    @Test
    void sshKeygenReadsEachKeyInEachWrapping() throws Exception {
        Tool.need("ssh-keygen", "openssl");
        Map<String, Path> keys = keys();
        Map<String, Function<String, String>> wrappings = Map.of(
                "as it is", key -> key,
                "CRLF, no last line end", key -> key.strip().replace("\n", "\r\n"),
                "literal \\n", key -> key.replace("\n", "\\n"),
                "blanks for line ends", key -> key.replace('\n', ' '),
                "byte order mark", key -> "\ufeff" + key,
                "JSON text", key -> new TextNode(key).toString(),
                "base64", TestKeys::base64);
        Map<String, String> secrets = new LinkedHashMap<>(Map.of("passphrase", TestKeys.PASSPHRASE));
        StringBuilder credentials = new StringBuilder();
        Map<String, String> expected = new LinkedHashMap<>();
        for (Map.Entry<String, Path> key : keys.entrySet()) {
            String text = Files.readString(key.getValue());
            String publicKey = Tool.run(
                    directory,
                    Map.of(),
                    "ssh-keygen",
                    "-y",
                    "-P",
                    TestKeys.PASSPHRASE,
                    "-f",
                    key.getValue().toString());
            int number = 0;
            for (Map.Entry<String, Function<String, String>> wrapping : wrappings.entrySet()) {
                String id = key.getKey() + "-" + number++;
                secrets.put(id, wrapping.getValue().apply(text));
                credentials
                        .append("  - sshKey: {id: ")
                        .append(id)
                        .append(", privateKey: \"sm:")
                        .append(id)
                        .append("\", passphrase: \"sm:passphrase\"}\n");
                expected.put(id, firstTwo(publicKey));
            }
        }
        try (Bench bench = new Bench(directory, secrets, credentials.toString())) {
            expected.forEach((id, publicKey) -> assertThat(
                            firstTwo(bench.exec(id + "=K", "ssh-keygen -y -P \"$K_PASSPHRASE\" -f \"$K_KEY_FILE\"")))
                    .as(id)
                    .isEqualTo(publicKey));
        }
        assertThat(expected).hasSize(keys.size() * wrappings.size());
    }

    private Map<String, Path> keys() throws Exception {
        Map<String, Path> keys = new LinkedHashMap<>();
        for (List<String> kind : List.of(
                List.of("ed25519", "RFC4716", ""),
                List.of("ed25519", "RFC4716", TestKeys.PASSPHRASE),
                List.of("rsa", "RFC4716", ""),
                List.of("rsa", "PEM", ""),
                List.of("rsa", "PKCS8", TestKeys.PASSPHRASE),
                List.of("ecdsa", "PEM", ""),
                List.of("ecdsa", "PKCS8", ""))) {
            String name = kind.get(0) + "-" + kind.get(1).toLowerCase(java.util.Locale.ROOT)
                    + (kind.get(2).isEmpty() ? "" : "-locked");
            Path file = directory.resolve(name);
            Tool.run(
                    directory,
                    Map.of(),
                    "ssh-keygen",
                    "-q",
                    "-t",
                    kind.get(0),
                    "-m",
                    kind.get(1),
                    "-N",
                    kind.get(2),
                    "-C",
                    "",
                    "-f",
                    file.toString());
            keys.put(name, file);
        }
        return keys;
    }

    @Test
    void sshKeygenReadsAnEd25519KeyThatOpensslMade() throws Exception {
        Tool.need("ssh-keygen", "openssl");
        Path key = directory.resolve("key.pem");
        Tool.run(directory, Map.of(), "openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        try (Bench bench = new Bench(
                directory, Map.of("key", Files.readString(key)), "  - sshKey: {id: k, privateKey: \"sm:key\"}\n")) {
            assertThat(bench.exec("k", "ssh-keygen -y -f \"$K_KEY_FILE\"")).startsWith("ssh-ed25519 ");
        }
    }

    private static String firstTwo(String publicKey) {
        String[] words = publicKey.strip().split(" ");
        return words[0] + " " + words[1];
    }
}
