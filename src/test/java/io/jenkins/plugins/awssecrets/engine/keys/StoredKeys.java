package io.jenkins.plugins.awssecrets.engine.keys;

import com.fasterxml.jackson.databind.node.TextNode;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Private keys as they are found in stores. */
public final class StoredKeys {
    private StoredKeys() {}

    /** By name; each is as OpenSSL or ssh-keygen writes it, those that are encrypted with {@link TestKeys#PASSPHRASE}. */
    public static Map<String, String> formats(KeyPair rsa, KeyPair ec, KeyPair ed25519) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("OpenSSH ed25519", TestKeys.openSsh(ed25519));
        keys.put("OpenSSH RSA", TestKeys.openSsh(rsa));
        keys.put("OpenSSH encrypted", TestKeys.encryptedOpenSsh());
        keys.put("PKCS#1", TestKeys.traditional(rsa));
        keys.put("PKCS#1 encrypted", TestKeys.encryptedTraditional(rsa));
        keys.put("SEC1", TestKeys.traditional(ec));
        keys.put("SEC1 encrypted", TestKeys.encryptedTraditional(ec));
        keys.put("PKCS#8 RSA", TestKeys.pkcs8(rsa));
        keys.put("PKCS#8 EC", TestKeys.pkcs8(ec));
        keys.put("PKCS#8 encrypted", TestKeys.encryptedPkcs8(rsa));
        return keys;
    }

    /** What happens to a key on its way into a store. */
    public static Map<String, Function<String, String>> wrappings() {
        Map<String, Function<String, String>> all = new LinkedHashMap<>();
        all.put("as it is", key -> key);
        all.put("no last line end", String::strip);
        all.put("CRLF", key -> key.replace("\n", "\r\n"));
        all.put("CRLF, no last line end", key -> key.strip().replace("\n", "\r\n"));
        all.put("CR", key -> key.replace("\n", "\r"));
        all.put("mixed line ends", key -> key.replaceFirst("\n", "\r\n"));
        all.put("literal \\n", key -> key.replace("\n", "\\n"));
        all.put("literal \\r\\n", key -> key.replace("\n", "\\r\\n"));
        all.put("literal \\\\n", key -> key.replace("\n", "\\\\n"));
        all.put("newlines as blanks", key -> key.replace('\n', ' '));
        all.put("newlines as tabs", key -> key.replace('\n', '\t'));
        all.put("byte order mark", key -> "\ufeff" + key);
        all.put("leading blank lines", key -> "\n \n" + key);
        all.put("trailing blank lines", key -> key + "\n\n \n");
        all.put("indented", key -> key.replaceAll("(?m)^", "    "));
        all.put("trailing blanks", key -> key.replace("\n", "  \n"));
        all.put("empty lines between", key -> key.contains("Proc-Type") ? key : key.replace("\n", "\n\n"));
        all.put("no-break spaces", key -> "\u00a0" + key.replace("\n", "\u00a0\n"));
        all.put("zero-width space", key -> "\u200b" + key);
        all.put("JSON text", key -> new TextNode(key).toString());
        all.put("JSON text of CRLF", key -> new TextNode(key.replace("\n", "\r\n")).toString());
        all.put("in quotes", key -> "'" + key.strip() + "'");
        all.put("in double quotes over lines", key -> "\"" + key.strip() + "\"");
        all.put("base64", TestKeys::base64);
        all.put("base64 in lines", key -> TestKeys.base64(key).replaceAll("(.{76})", "$1\n") + "\n");
        all.put("base64 for URLs", key -> TestKeys.base64(key).replace('+', '-').replace('/', '_'));
        all.put("base64 twice", key -> TestKeys.base64(TestKeys.base64(key)));
        all.put("base64 of CRLF", key -> TestKeys.base64(key.replace("\n", "\r\n")));
        all.put("escaped slashes", key -> key.replace("/", "\\/"));
        all.put("XML line ends", key -> key.replace("\n", "&#10;"));
        all.put("percent-encoded line ends", key -> key.replace("\n", "%0A"));
        all.put("text around it", key -> "Bag Attributes: <none>\n" + key + "# end of key\n");
        return all;
    }
}
