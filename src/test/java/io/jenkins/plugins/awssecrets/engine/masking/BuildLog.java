package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A build log as Jenkins sees it, made up line by line: Maven, npm, docker, Terraform and the shell, with paths,
 * digests, timings and colours. The same seed gives the same log.
 */
final class BuildLog {
    private static final List<String> WORDS = List.of(
            "core", "api", "client", "server", "config", "metrics", "storage", "queue", "search", "gateway", "billing",
            "orders", "auth", "session", "cache", "model", "parser", "runtime", "plugin", "web", "batch", "report");

    private final Random random;
    private int line;

    BuildLog(long seed) {
        random = new Random(seed);
    }

    /** At least this many bytes of log, cut there. */
    byte[] bytes(int length) {
        ByteArrayOutputStream log = new ByteArrayOutputStream(length + 512);
        while (log.size() < length) {
            log.writeBytes(line());
        }
        return java.util.Arrays.copyOf(log.toByteArray(), length);
    }

    /** As {@link #bytes(int)}; each {@code every}-th line quotes one of the texts. */
    byte[] bytes(int length, int every, List<byte[]> texts) {
        ByteArrayOutputStream log = new ByteArrayOutputStream(length + 512);
        for (int i = 1; log.size() < length; i++) {
            if (i % every == 0) {
                log.writeBytes(ascii("+ deploy --verbose --token="));
                log.writeBytes(texts.get(random.nextInt(texts.size())));
                log.writeBytes(ascii(" --region eu-west-1\n"));
            } else {
                log.writeBytes(line());
            }
        }
        return java.util.Arrays.copyOf(log.toByteArray(), length);
    }

    /** The next line, with its end. */
    byte[] line() {
        line++;
        return ascii(switch (random.nextInt(20)) {
                    case 0, 1 ->
                        "[INFO] Downloading from central: https://repo.maven.apache.org/maven2/org/%s/%s/%s/%s-%s.jar"
                                .formatted(word(), word(), version(), word(), version());
                    case 2, 3 ->
                        "[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/%s/%s/%s/%s.pom (%d kB at %d.%d MB/s)"
                                .formatted(word(), word(), version(), word(), number(900), number(9), number(10));
                    case 4 ->
                        "[\u001b[1;34mINFO\u001b[m] Tests run: %d, Failures: 0, Errors: 0, Skipped: %d, Time elapsed: %d.%03d s - in com.example.%s.%sTest"
                                .formatted(number(90), number(3), number(30), number(1000), word(), capital());
                    case 5 ->
                        "[INFO] Compiling %d source files with javac [debug release 17] to target/classes"
                                .formatted(number(400));
                    case 6 ->
                        "[WARNING] /home/jenkins/workspace/%s/src/main/java/com/example/%s/%s.java:[%d,%d] [deprecation] %s() in %s has been deprecated"
                                .formatted(word(), word(), capital(), number(900), number(90), word(), capital());
                    case 7 ->
                        "npm http fetch GET 200 https://registry.npmjs.org/@%s/%s/-/%s-%s.tgz %dms (cache miss)"
                                .formatted(word(), word(), word(), version(), number(2000));
                    case 8 ->
                        "npm warn deprecated %s@%s: this version is no longer supported, please update to %s"
                                .formatted(word(), version(), version());
                    case 9 ->
                        "    at %s.%s (/app/node_modules/%s/lib/%s.js:%d:%d)"
                                .formatted(capital(), word(), word(), word(), number(2000), number(90));
                    case 10 ->
                        "#%d [%s %d/%d] RUN npm ci --omit=dev && npm run build:%s"
                                .formatted(number(30), word(), number(9), 9, word());
                    case 11 ->
                        "#%d sha256:%s %d.%02dMB / %d.%02dMB %d.%ds"
                                .formatted(
                                        number(30),
                                        hex(32),
                                        number(90),
                                        number(100),
                                        90,
                                        number(100),
                                        number(60),
                                        number(10));
                    case 12 -> "%s: Layer already exists".formatted(hex(6));
                    case 13 -> "latest: digest: sha256:%s size: %d".formatted(hex(32), number(9000));
                    case 14 ->
                        "module.%s.aws_instance.%s[%d]: Still creating... [%dm%ds elapsed]"
                                .formatted(word(), word(), number(20), number(9), number(60));
                    case 15 ->
                        "module.%s.aws_subnet.%s: Creation complete after %ds [id=subnet-%s]"
                                .formatted(word(), word(), number(60), hex(8));
                    case 16 ->
                        "  + resource \"aws_iam_role\" \"%s\" { arn = \"arn:aws:iam::%012d:role/%s-%s\" }"
                                .formatted(word(), number(Integer.MAX_VALUE), word(), word());
                    case 17 ->
                        "%d-%02d-%02dT%02d:%02d:%02d.%03dZ DEBUG [%s-%d] c.e.%s.%s - request %s took %d ms, status=200, bytes=%d"
                                .formatted(
                                        2026,
                                        1 + number(12),
                                        1 + number(28),
                                        number(24),
                                        number(60),
                                        number(60),
                                        number(1000),
                                        word(),
                                        number(64),
                                        word(),
                                        capital(),
                                        uuid(),
                                        number(900),
                                        number(1 << 20));
                    case 18 ->
                        "+ docker push registry.example.com/%s/%s:%s-%s".formatted(word(), word(), version(), hex(4));
                    default ->
                        "{\"level\":\"info\",\"ts\":%d.%03d,\"caller\":\"%s/%s.go:%d\",\"msg\":\"%s started\",\"trace\":\"%s\"}"
                                .formatted(
                                        1760000000 + line, number(1000), word(), word(), number(900), word(), hex(16));
                }
                + '\n');
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private String capital() {
        String word = word();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1) + "Service";
    }

    private int number(int bound) {
        return random.nextInt(bound);
    }

    private String version() {
        return number(9) + "." + number(30) + "." + number(20);
    }

    private String hex(int bytes) {
        byte[] digest = new byte[bytes];
        random.nextBytes(digest);
        return HexFormat.of().formatHex(digest);
    }

    private String uuid() {
        return hex(4) + '-' + hex(2) + '-' + hex(2) + '-' + hex(2) + '-' + hex(6);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Random secrets of letters and digits, as password generators give them. */
    static List<byte[]> secrets(int count, int length, long seed) {
        Random random = new Random(seed);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        List<byte[]> secrets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder secret = new StringBuilder();
            for (int j = 0; j < length; j++) {
                secret.append(letters.charAt(random.nextInt(letters.length())));
            }
            secrets.add(ascii(secret.toString()));
        }
        return secrets;
    }
}
