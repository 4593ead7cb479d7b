package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values that a careless way to a command's environment would change. */
final class ExactValues {
    static final Map<String, byte[]> BY_NAME = values();

    private ExactValues() {}

    private static Map<String, byte[]> values() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        text(values, "LINES", "first\nsecond\r\nthird\n\n");
        text(values, "QUOTES", "it's \"quoted\" `so` \\and\\ so");
        text(values, "DOLLARS", "$HOME ${HOME} $(id) $$ %PATH% !x");
        text(values, "BLANKS", "  a\tb  ");
        text(values, "EQUALS", "a=b=c");
        text(values, "STARS", "* ? [a] ~ {a,b}");
        text(values, "ACCENTS", "pässwörd €");
        text(values, "BEYOND", "\uD83D\uDD11 \u65E5\u672C");
        byte[] binary = new byte[255];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i + 1);
        }
        values.put("BINARY", binary);
        text(values, "LONG", "0123456789abcdef".repeat(4096));
        return values;
    }

    private static void text(Map<String, byte[]> values, String name, String text) {
        values.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Secrets Manager holding them. */
    static Seed seed() {
        Seed seed = Seed.empty();
        for (Map.Entry<String, byte[]> value : BY_NAME.entrySet()) {
            seed = value.getKey().equals("BINARY")
                    ? seed.with(binary(value.getValue()))
                    : seed.secret("exact/" + value.getKey(), new String(value.getValue(), StandardCharsets.UTF_8));
        }
        return seed;
    }

    private static SecretSeed binary(byte[] bytes) {
        String yaml = "secretsManager: [{name: exact/BINARY, binary: \""
                + Base64.getEncoder().encodeToString(bytes) + "\"}]";
        return Seed.parse(yaml).secretsManager().get(0);
    }

    /** Options of {@code exec} that bind each to the variable of its name. */
    static List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        BY_NAME.keySet().forEach(name -> arguments.addAll(List.of("--secret", name + "=sm:exact/" + name)));
        return arguments;
    }

    /** What {@code env -0} printed. */
    static Map<String, byte[]> read(Path environment) throws IOException {
        Map<String, byte[]> variables = new LinkedHashMap<>();
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        for (byte b : Files.readAllBytes(environment)) {
            if (b != 0) {
                one.write(b);
                continue;
            }
            String text = one.toString(StandardCharsets.ISO_8859_1);
            int equals = text.indexOf('=');
            variables.put(text.substring(0, equals), text.substring(equals + 1).getBytes(StandardCharsets.ISO_8859_1));
            one.reset();
        }
        return variables;
    }
}
