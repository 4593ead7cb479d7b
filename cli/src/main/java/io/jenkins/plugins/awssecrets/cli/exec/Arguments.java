package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command's words, as bytes where the locale has no characters for them.
 *
 * <p>Java decodes arguments by the locale, so that under {@code LANG=C} everything beyond ASCII is lost before this
 * program sees it, and would be lost once more on the way to the command. The kernel still has the bytes
 * ({@code /proc/self/cmdline}); they reach the command through a variable that a shell turns into its words.
 *
 * @param words what to start
 * @param variables to set for it
 */
record Arguments(List<String> words, Map<String, SecretValue> variables) {
    private static final String VARIABLE = "AWS_SECRETS_EXEC_WORDS";
    private static final String SCRIPT = "eval \"set -- $" + VARIABLE + "\"; unset " + VARIABLE + "; exec \"$@\"";
    private static final List<String> SHELL = List.of("/bin/sh", "-c", SCRIPT);
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    /**
     * How to start a command.
     *
     * @param words the last words of this process' own command line
     * @throws SecretException when a word's bytes are not known
     */
    static Arguments of(List<String> words) {
        Charset charset = ExactEnvironment.processCharset();
        return words.stream().allMatch(word -> isExact(word, charset))
                ? new Arguments(words, Map.of())
                : new Arguments(SHELL, Map.of(VARIABLE, SecretValue.of(quoted(exact(words, charset)))));
    }

    /**
     * How to start it in a terminal of its own.
     *
     * @param environment of this process
     */
    static Arguments inTerminal(List<String> words, Map<String, String> environment) {
        Charset charset = ExactEnvironment.processCharset();
        List<byte[]> exact = words.stream().allMatch(word -> isExact(word, charset))
                ? words.stream().map(word -> word.getBytes(charset)).toList()
                : exact(words, charset);
        return new Arguments(
                PseudoTerminal.around(SCRIPT, environment), Map.of(VARIABLE, SecretValue.of(quoted(exact))));
    }

    private static List<byte[]> exact(List<String> words, Charset charset) {
        return read(COMMAND_LINE)
                .flatMap(line -> last(line, words, charset))
                .orElseThrow(() -> new SecretException(
                        Problem.INTERNAL,
                        "command",
                        "an argument has characters that the locale's charset " + charset + " cannot pass on",
                        "start the program with the environment variable LC_ALL=C.UTF-8"));
    }

    /** Whether a word came and goes without loss: JDK 17 encodes by the default charset, later ones by the locale's. */
    private static boolean isExact(String word, Charset charset) {
        return word.chars().allMatch(c -> c < 0x80)
                || (word.indexOf('\uFFFD') < 0
                        && charset.newEncoder().canEncode(word)
                        && charset.equals(Charset.defaultCharset()));
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The last words of a command line, when they are the ones given, as far as the charset can tell. */
    static Optional<List<byte[]>> last(byte[] commandLine, List<String> words, Charset charset) {
        List<byte[]> all = new ArrayList<>();
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (byte b : commandLine) {
            if (b == 0) {
                all.add(word.toByteArray());
                word.reset();
            } else {
                word.write(b);
            }
        }
        if (all.size() < words.size()) {
            return Optional.empty();
        }
        List<byte[]> last = all.subList(all.size() - words.size(), all.size());
        for (int i = 0; i < words.size(); i++) {
            if (!new String(last.get(i), charset).equals(words.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(last);
    }

    /** The words as a shell reads them: each in single quotes. */
    static byte[] quoted(List<byte[]> words) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] word : words) {
            text.write('\'');
            for (byte b : word) {
                if (b == '\'') {
                    text.writeBytes(new byte[] {'\'', '\\', '\'', '\''});
                } else {
                    text.write(b);
                }
            }
            text.writeBytes(new byte[] {'\'', ' '});
        }
        return text.toByteArray();
    }
}
