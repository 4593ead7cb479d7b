package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is given and is a directory, or is not there: one line that says so, and no class of an exception. */
class GivenFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--config FILE list | configuration FILE",
                "get --config FILE sm:x | configuration FILE",
                "mask --secrets FILE | secrets file FILE",
                "import FILE | import FILE",
                "demo-backends --seed FILE | seed FILE",
            })
    void aDirectoryInPlaceOfAFileIsCalledOne(String line, String subject) {
        Cli.Result result = run(line, directory);

        assertThat(result.err())
                .isEqualTo("aws-secrets: " + subject.replace("FILE", directory.toString())
                        + ": it is a directory, where a file is needed. Use a file that exists and that you"
                        + " may read\n");
        assertThat(result.status()).isEqualTo(65);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--config FILE check | configuration FILE",
                "policy --config FILE | configuration FILE",
                "mask --secrets FILE | secrets file FILE",
                "import FILE | import FILE",
                "demo-backends --seed FILE | seed FILE",
            })
    void aFileThatIsNotThereIsSaidToBeAbsent(String line, String subject) {
        Path absent = directory.resolve("absent.yaml");

        Cli.Result result = run(line, absent);

        assertThat(result.err())
                .startsWith("aws-secrets: " + subject.replace("FILE", absent.toString()) + ": ")
                .doesNotContain("Exception");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.status()).isEqualTo(65);
    }

    @ParameterizedTest
    @CsvSource({"true, its file is a directory", "false, "})
    void aReportThatCannotBeWrittenIsSaidBeforeTheCommandRuns(boolean isDirectory, String reason) throws IOException {
        Path report = isDirectory ? directory : directory.resolve("absent/report");
        Path mark = directory.resolve("mark");
        Path config = Files.writeString(directory.resolve("aws-secrets.yaml"), "{}");

        Cli.Result result = Cli.run(
                "--config", config.toString(), "exec", "--report", report.toString(), "--", "touch", mark.toString());

        assertThat(result.err()).startsWith("aws-secrets: option --report: ").contains(reason == null ? "" : reason);
        assertThat(result.status()).isEqualTo(64);
        assertThat(mark).doesNotExist();
    }

    private static Cli.Result run(String line, Path file) {
        return Cli.run(Arrays.stream(line.split(" "))
                .map(word -> word.equals("FILE") ? file.toString() : word)
                .toArray(String[]::new));
    }
}
