package io.jenkins.plugins.awssecrets.cli.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.CliProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in dotenv files, which docker compose, shells, Node.js and Python read each in its own way. */
class DotenvTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "plain-1.2:3@x | V=plain-1.2:3@x | true",
                "with blank | V='with blank' | true",
                "#hash | V='#hash' | true",
                "a$b `id` \"q\" | V='a$b `id` \"q\"' | true",
                "back\\slash | V='back\\slash' | true",
                "a;b|V='a;b' | true",
                "it's | V=\"it's\" | true",
                "it's # fine! | V=\"it's # fine!\" | true",
                "carriage\rreturn | V=\"carriage\\rreturn\" | false",
                "two\\\\backs | V='two\\\\backs' | false",
                "end\\ | V='end\\' | false",
                "${HOME} | V='${HOME}' | false",
                "it's $5 | V=\"it's \\$5\" | false",
                "it's `id` | V=\"it's \\`id\\`\" | false",
                "it's \"q\" | V=\"it's \\\"q\\\"\" | false",
                "it's \\ back | V=\"it's \\\\ back\" | false",
            })
    void aValueIsQuotedSoThatMostReadItAndItIsSaidWhereTheyDiffer(String value, String line, boolean alike) {
        assertThat(VariablesFormat.DOTENV.line("V", value)).isEqualTo(line + "\n");
        assertThat(VariablesFormat.DOTENV.isReadAlike(value)).isEqualTo(alike);
        assertThat(VariablesFormat.SHELL.isReadAlike(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "$HOME ${HOME} $(touch ran) `touch ran`",
                "it's $HOME $(touch ran) `touch ran`",
                "'; touch ran; '",
                "it's\n\"two\"\nlines",
                "ends with a blank ",
                "ends'\\",
                "#a=b",
                "gr\u00fc\u00df'"
            })
    void aShellReadsEachOfThemAndRunsNothing(String value) throws Exception {
        for (VariablesFormat format : new VariablesFormat[] {VariablesFormat.DOTENV, VariablesFormat.SHELL}) {
            Files.writeString(directory.resolve("env"), format.line("V", value));
            Process shell = new ProcessBuilder("sh", "-c", ". ./env; printf '%s' \"$V\"")
                    .directory(directory.toFile())
                    .start();

            assertThat(CliProcess.all(shell.getInputStream())).as("%s", format).isEqualTo(value);
            assertThat(directory.resolve("ran")).doesNotExist();
        }
    }
}
