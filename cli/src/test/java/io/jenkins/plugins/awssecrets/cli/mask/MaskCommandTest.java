package io.jenkins.plugins.awssecrets.cli.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.CliProcess;
import io.jenkins.plugins.awssecrets.cli.Program;
import io.jenkins.plugins.awssecrets.cli.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

// In a thread of its own, as reading from a process cannot be interrupted.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaskCommandTest {
    @TempDir
    Path directory;

    @Test
    void secretsAreMaskedAndAllElseIsCopied() throws IOException {
        byte[] input = "a one-canary \u0000\u00ff two\nlines b".getBytes(StandardCharsets.ISO_8859_1);

        Cli.Result result = mask("[\"one-canary\", \"two\\nlines\"]", input);

        assertThat(new String(result.output(), StandardCharsets.ISO_8859_1)).isEqualTo("a **** \u0000\u00ff **** b");
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void secretsAreTextInUtf8() throws IOException {
        assertThat(mask("[\"p\\u00e4ss\"]", "x päss".getBytes(StandardCharsets.UTF_8))
                        .out())
                .isEqualTo("x ****");
    }

    @Test
    void noSecretsIsACopy() throws IOException {
        byte[] input = new byte[300_000];
        new java.util.Random(7).nextBytes(input);

        assertThat(mask("[]", input).output()).isEqualTo(input);
    }

    @Test
    void whatComesIsPassedOnBeforeTheInputEnds() throws Exception {
        Path file = Files.writeString(directory.resolve("secrets.json"), "[\"secret-canary\"]");
        Process process = CliProcess.start(Map.of(), "mask", "--secrets", file.toString());

        process.getOutputStream().write("name? ".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertThat(new String(process.getInputStream().readNBytes(6), StandardCharsets.UTF_8))
                .isEqualTo("name? ");

        process.getOutputStream().write("secret-".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        process.getOutputStream().write("canary!".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(CliProcess.all(process.getInputStream())).isEqualTo("****!");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void theHalfOfASecretIsPassedOnAtTheEnd() throws IOException {
        assertThat(mask("[\"secret-canary\"]", "secret-".getBytes(StandardCharsets.UTF_8))
                        .out())
                .isEqualTo("secret-");
    }

    @Test
    void aSecretTooShortIsNamedByItsPlace() throws IOException {
        Cli.Result result = mask("[\"abc\", \"xy\"]", "abc xy".getBytes(StandardCharsets.UTF_8));

        assertThat(result.out()).isEqualTo("**** xy");
        assertThat(result.err()).contains("warning", "entry 2").doesNotContain("xy");
    }

    @Test
    void anOrdinaryWordIsMaskedAndNamedByItsPlace() throws IOException {
        Cli.Result result = mask("[\"canary-1\", \"true\", \"5432\"]", "true at 5432".getBytes(StandardCharsets.UTF_8));

        assertThat(result.out()).isEqualTo("**** at ****");
        assertThat(result.err())
                .contains("warning", "ordinary word", "entry 2, 3")
                .doesNotContain("5432");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("", "1:1"),
                arguments("\"hunter2canary\"", "1:1"),
                arguments("{\"a\": \"hunter2canary\"}", "1:1"),
                arguments("[\"a\",\n \"hunter2canary", "2:"),
                arguments("[\"hunter2canary\" \"b\"]", "1:"),
                arguments("[hunter2canary]", "1:"),
                arguments("[1]", "1:2"),
                arguments("[null]", "1:2"),
                arguments("[[\"hunter2canary\"]]", "1:2"),
                arguments("[\"a\"] hunter2canary", "1:"),
                arguments("[\"a\"] [\"hunter2canary\"]", "1:7"),
                arguments("[\"a\"", "1:"),
                arguments("[\"\\ud800\"]", "1:2"),
                arguments("[\"a\nb\"]", "1:"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aFileThatIsNoArrayOfStringsIsRefusedAndNotRepeated(String content, String place) throws IOException {
        Cli.Result result = mask(content, "text".getBytes(StandardCharsets.UTF_8));

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err())
                .contains("secrets.json:" + place, "Expected a JSON array of strings")
                .doesNotContain("hunter2");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsMalformed() {
        Cli.Result result =
                Cli.run("mask", "--secrets", directory.resolve("none").toString());

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains("none: it does not exist");
    }

    @Test
    void aReaderThatGoesAwayIsAnErrorAndNoSilentSuccess() throws Exception {
        Path file = Files.writeString(directory.resolve("secrets.json"), "[]");
        PipedOutputStream out = new PipedOutputStream();
        new PipedInputStream(out).close();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream text = new ByteArrayInputStream(new byte[10]);

        int status = new Program(new Streams(text, out, err, false, false), Map.of())
                .run("mask", "--secrets", file.toString());

        assertThat(status).isEqualTo(70);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .matches("aws-secrets: standard input or output: cannot be [^\\n]*\\. Check [^\\n]*\\n");
    }

    private Cli.Result mask(String secrets, byte[] input) throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.json"), secrets);
        return Cli.run(Map.of(), input, "mask", "--secrets", file.toString());
    }
}
