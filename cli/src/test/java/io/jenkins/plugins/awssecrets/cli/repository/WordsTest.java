package io.jenkins.plugins.awssecrets.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of Jenkins, AWS and Vault in what users read: pages, forms, help, errors. */
class WordsTest {
    /** What is not said, and what is said instead. */
    private static final Map<String, String> NOT_BUT = Map.ofEntries(
            Map.entry("\\bmend(s|ed|ing)?\\b", "fix"),
            Map.entry("\\buser names?\\b", "username"),
            Map.entry("\\blog(s|ged)? in (by|with)\\b", "authenticate with"),
            Map.entry("\\bgoes before\\b", "takes precedence"),
            Map.entry("\\b(is|are) meant\\b", "is intended"),
            Map.entry("none of the backend", "not a Vault response"),
            Map.entry("\\bis no (JSON|YAML|XML|string|array|URL|address|path|number|duration|secret)\\b", "is not"),
            Map.entry("\\btells\\b", "reports, shows"),
            Map.entry("\\b(is|are) told\\b", "is reported"),
            Map.entry("\\bsays so\\b", "shows a warning"),
            Map.entry("\\b(is|was|as) typed\\b", "input"),
            Map.entry("\\bwhoever\\b", "users who"),
            Map.entry("\\bwhere to keep what\\b", "Placement and cost"),
            Map.entry("\\bkept in\\b", "stored in"),
            Map.entry("\\blooked for among\\b", "searched in"),
            Map.entry("\\btaken back\\b", "revoked or removed"),
            Map.entry("\\bleft behind\\b", "leftover"),
            Map.entry("misspelt", "misspelled"),
            Map.entry("\\bden(ied|ies) access\\b", "access denied"),
            Map.entry("\\bfault of its own\\b", "server error (HTTP 502)"));

    private static final Pattern COMMENT_OR_TEXT = Pattern.compile(
            "/\\*.*?\\*/|//[^\n]*|\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\n])*)\"|'(?:\\\\.|[^'\\\\])+'",
            Pattern.DOTALL);
    private static final Pattern MARKUP_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    @Test
    void thePagesSpeakTheLanguageOfTheField() {
        assertThat(found(Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(Repository.TOP::resolve),
                        Repository.files("docs", ".md").stream()
                                .filter(file -> !file.toString().contains("/adr/")))))
                .isEmpty();
    }

    @Test
    void theFormsAndTheirHelpDoToo() {
        assertThat(found(Stream.of(".jelly", ".html", ".properties")
                        .flatMap(ending -> Repository.files("src/main/resources", ending).stream())))
                .isEmpty();
    }

    @Test
    void theErrorsAndTheProgramsHelpDoToo() {
        assertThat(found(Stream.of("src/main/java", "cli/src/main/java", "cli/src/demo/java")
                        .flatMap(directory -> Repository.files(directory, ".java").stream())))
                .isEmpty();
    }

    @Test
    void aWordInATextIsFoundAndOneInACommentIsNot() {
        assertThat(texts(Path.of("A.java"), "/** It tells. */ String a = \"it tells\"; // whoever"))
                .isEqualTo("it tells");
    }

    private static Map<String, List<String>> found(Stream<Path> files) {
        Map<String, List<String>> found = new TreeMap<>();
        files.forEach(file -> {
            String texts = texts(file, Repository.read(file)).replaceAll("\\s+", " ");
            List<String> words = NOT_BUT.entrySet().stream()
                    .flatMap(word -> Pattern.compile(".{0,30}" + word.getKey() + ".{0,20}", Pattern.CASE_INSENSITIVE)
                            .matcher(texts)
                            .results()
                            .map(MatchResult::group)
                            .map(text -> "'" + text + "': say " + word.getValue()))
                    .toList();
            if (!words.isEmpty()) {
                found.put(Repository.TOP.relativize(file).toString(), words);
            }
        });
        return found;
    }

    /** Of Java the literals, of anything else all but its comments. */
    private static String texts(Path file, String content) {
        if (!file.toString().endsWith(".java")) {
            return MARKUP_COMMENT.matcher(content).replaceAll("");
        }
        return String.join(
                " | ",
                COMMENT_OR_TEXT
                        .matcher(content)
                        .results()
                        .map(text -> text.group(1) == null ? text.group(2) : text.group(1))
                        .filter(text -> text != null)
                        .toList());
    }
}
