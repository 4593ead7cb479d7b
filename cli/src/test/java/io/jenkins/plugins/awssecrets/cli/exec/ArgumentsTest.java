package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void wordsTheLocaleHasGoAsTheyAre() {
        Arguments arguments = Arguments.of(List.of("echo", "plain", "it's"));

        assertThat(arguments.words()).containsExactly("echo", "plain", "it's");
        assertThat(arguments.variables()).isEmpty();
    }

    @Test
    void theLastWordsOfTheCommandLineAreTakenWhenTheyAreTheOnesGiven() {
        byte[] line = bytes("java\0-jar\0x.jar\0exec\0--\0echo\0h\u00c3\u00a9\0");

        assertThat(Arguments.last(line, List.of("echo", "h\uFFFD\uFFFD"), StandardCharsets.US_ASCII))
                .hasValueSatisfying(words -> assertThat(words).containsExactly(bytes("echo"), bytes("h\u00c3\u00a9")));
        assertThat(Arguments.last(line, List.of("echo", "other"), StandardCharsets.US_ASCII))
                .isEmpty();
        assertThat(Arguments.last(bytes("echo\0"), List.of("echo", "a"), StandardCharsets.US_ASCII))
                .isEmpty();
    }

    @Property(tries = 25)
    void aShellReadsQuotedWordsAsTheyWere(@ForAll("words") List<String> words) throws IOException {
        List<byte[]> exact = new ArrayList<>();
        words.forEach(word -> exact.add(word.getBytes(StandardCharsets.ISO_8859_1)));
        Process shell = new ProcessBuilder("sh", "-s").start();
        shell.getOutputStream().write(bytes("set -- "));
        shell.getOutputStream().write(Arguments.quoted(exact));
        shell.getOutputStream().write(bytes("\nprintf '%s\\n' \"$#\"\nfor w; do printf '%s|' \"$w\"; done\n"));
        shell.getOutputStream().close();

        String seen = new String(shell.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

        assertThat(seen).isEqualTo(words.size() + "\n" + String.join("|", words) + "|");
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withChars("a'\"$\\`*? \n!#~\u00e9\u00ff\u0081\u0088")
                .ofMaxLength(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
