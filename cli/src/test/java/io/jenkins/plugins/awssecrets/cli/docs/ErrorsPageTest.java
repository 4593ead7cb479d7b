package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts that the page of errors gives as the product's are in its sources, word for word. */
class ErrorsPageTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void whatIsSearchedForIsWhatTheProductSays() throws IOException {
        String sources = sources();

        List<String> texts = Files.readString(Page.TOP.resolve("docs/errors.md"))
                .replaceFirst("(?s)\n## Texts of AWS, Vault and other plugins.*", "")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .flatMap(cell -> QUOTED.matcher(cell).results().map(found -> found.group(1)))
                .toList();

        assertThat(texts).hasSizeGreaterThan(40);
        assertThat(texts.stream().filter(text -> !isIn(sources, text))).isEmpty();
    }

    /** In the table of others' texts, the last column has ours. */
    @Test
    void whatItSaysInThePlaceOfOthersIsWhatTheProductSays() throws IOException {
        String sources = sources();

        List<String> texts = Files.readString(Page.TOP.resolve("docs/errors.md"))
                .replaceFirst("(?s).*\n## Texts of AWS, Vault and other plugins", "")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst(" \\|$", ""))
                .map(line -> line.substring(line.lastIndexOf(" | ")))
                .flatMap(cell -> QUOTED.matcher(cell).results().map(found -> found.group(1)))
                .filter(text -> text.contains(" ") && !text.contains(": "))
                .toList();

        assertThat(texts).hasSizeGreaterThan(2);
        assertThat(texts.stream().filter(text -> !isIn(sources, text))).isEmpty();
    }

    /**
     * Nothing that the product can say is missing from the list of all texts, and nothing is on it that it does not say. The
     * list as it should be is written to {@code target/error-texts.md}: copy it to {@code docs}.
     */
    @Test
    void whatTheProductSaysIsOnTheListOfAllTexts() throws IOException {
        Path page = Page.TOP.resolve("docs/error-texts.md");
        String begin = Files.readString(page).replaceFirst("(?s)(\\n\\|---\\|---\\|\\n).*", "$1");

        List<String> rows =
                ErrorTexts.of(Page.TOP.resolve("src/main/java"), Page.TOP.resolve("cli/src/main/java")).stream()
                        .map(text -> "| " + code(text.reason()) + " | " + cell(text.fix()) + " |")
                        .toList();
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("error-texts.md"),
                begin + String.join("\n", rows) + "\n");

        assertThat(rows).hasSizeGreaterThan(200);
        assertThat(Files.readString(page).lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(rows);
    }

    private static String code(String text) {
        return "`"
                + text.replace('`', '\'').replace("|", "\\|").replace('\n', ' ').strip() + "`";
    }

    private static String cell(String text) {
        return text.isEmpty() ? "" : code(text);
    }

    /** Each piece between the dots, since these stand for names. */
    private static boolean isIn(String sources, String text) {
        return Stream.of(text.split("\\.\\.\\.")).map(String::strip).allMatch(sources::contains);
    }

    private static String sources() {
        return Stream.of("src/main/java", "cli/src/main/java")
                .map(Page.TOP::resolve)
                .flatMap(ErrorsPageTest::files)
                .map(ErrorsPageTest::read)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With literals that are broken over lines put together again. */
    private static String read(Path file) {
        try {
            return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
