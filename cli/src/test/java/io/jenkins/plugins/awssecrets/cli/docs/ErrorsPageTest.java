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
