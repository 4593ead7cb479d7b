package io.jenkins.plugins.awssecrets.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell offers at the tabulator key, asked of the shell itself where it is installed. */
class CompletionTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'' | exec get export list check policy advise import mask completion demo-backends help",
                "g | get",
                "ex | exec export",
                "get --f | --format",
                "get --format '' | raw lines nul json",
                "get --format j | json",
                "export --format '' | dotenv shell json github",
                "policy --format '' | iam vault terraform cloudformation",
                "policy --so | --source",
                "completion '' | bash zsh fish",
                "exec --credential x --secre | --secret --secrets",
                "list --j | --json",
            })
    void bashOffersCommandsOptionsAndValues(String words, String offered) throws Exception {
        assumeTrue(Files.isExecutable(BASH));
        Path script = Files.writeString(
                directory.resolve("script"), Cli.run("completion", "bash").out());
        Process bash = new ProcessBuilder(BASH.toString(), "-c", """
            compopt() { :; }
            . "$0"
            eval "set -- aws-secrets $1"
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
            _complete_aws-secrets
            echo "${COMPREPLY[*]}"
            """, script.toString(), words)
                .redirectErrorStream(true)
                .start();

        assertThat(CliProcess.all(bash.getInputStream()).strip().split("\\s+"))
                .containsExactlyInAnyOrder(offered.split(" "));
    }

    @Test
    void fishHasALineForEachOfThem() {
        String script = Cli.run("completion", "fish").out();

        assertThat(script.lines()).allMatch(line -> line.startsWith("complete -c aws-secrets "));
        assertThat(script)
                .contains("-n '__fish_seen_subcommand_from get' -l format -x -a 'raw lines nul json' -d '")
                .contains("-n '__fish_seen_subcommand_from policy' -l format -x -a 'iam vault terraform cloudformation'"
                        + " -d")
                .contains("-n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n")
                .contains("-n '__fish_seen_subcommand_from import' -l help -d")
                .doesNotContain("man-page", "training");
    }

    @Test
    void theManualPageDescribesOperandsAndHasOneOrder() {
        String page = Cli.run("man-page").out();

        assertThat(page)
                .contains(".I REF\n", ".I FILE\nYAML or XML; all are read together.", ".I SHELL\nbash, zsh or fish.")
                .containsSubsequence(
                        "\\-\\-config=FILE", "\\-\\-debug", "\\-\\-profile=NAME", "\\-\\-region", "COMMANDS");
    }

    @Test
    void theManualPageNamesTheOptionsOfAllCommandsOnce() {
        String page = Cli.run("man-page").out();

        assertThat(page)
                .contains(
                        "\n.SS exec [\\-t] [\\-\\-no\\-mask] [\\-\\-report=FILE] [\\-\\-credential=ID[=PREFIX]]...",
                        "\n.SS mask \\-\\-secrets=FILE\n",
                        "\n.SS completion SHELL\n",
                        "\n.SH EXIT STATUS\n64 usage, ",
                        "\naws\\-secrets get 'sm:ci/docker#password'\n")
                .containsOnlyOnce("timeout=SECONDS")
                .containsOnlyOnce("config=FILE");
    }
}
