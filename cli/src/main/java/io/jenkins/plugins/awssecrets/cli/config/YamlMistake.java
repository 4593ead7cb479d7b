package io.jenkins.plugins.awssecrets.cli.config;

import java.util.List;
import java.util.Map;

/** What is wrong with a text that is no YAML, told without a word of that text. */
public record YamlMistake(String reason, String fix) {
    public static final YamlMistake UNKNOWN =
            new YamlMistake("not valid YAML", "check indentation, colons, brackets and quotes up to here");

    /** Pieces of SnakeYAML's messages (scanner and parser), the first that fits wins. */
    private static final List<Map.Entry<String, YamlMistake>> KNOWN = List.of(
            known(
                    "mapping values are not allowed here",
                    "a colon that does not follow a key",
                    "indent the line like its neighbours, or put a text with ': ' into quotes"),
            known("could not find expected ':'", "a line that is not 'key: value'", "write a key, a colon and a space"),
            known("TAB", "a tab", "indent with spaces"),
            known("found unexpected end of stream", "the file ends inside of quotes", "close the quote"),
            known("unexpected document separator", "a '---' inside of quotes", "close the quote"),
            known(
                    "found unknown escape character",
                    "an escape that double quotes do not know",
                    "use single quotes, or double the backslash"),
            known(
                    "expected <block end>",
                    "an indentation that fits nothing above",
                    "indent the line like its neighbours"),
            known("expected ',' or '}'", "a '{' that is not closed", "close it, or put the text into quotes"),
            known("expected ',' or ']'", "a '[' that is not closed", "close it, or put the text into quotes"),
            known("while scanning an alias", "a '*' at the beginning of a text", "put the text into quotes"),
            known("while scanning an anchor", "a '&' at the beginning of a text", "put the text into quotes"),
            known("cannot start any token", "a character that begins no text", "put the text into quotes"),
            known(
                    "expected the node content",
                    "a value is missing, or a bracket is not closed",
                    "write the value, close the bracket"),
            known("found duplicate key", "duplicate key", "keep one of the two"),
            known("expected a single document", "a second document", "keep one document in the file"),
            known(
                    "found undefined alias",
                    "an alias whose anchor is missing",
                    "write &NAME before the text that *NAME stands for"),
            known("special characters are not allowed", "a control character", "remove it"));

    public static YamlMistake of(String message) {
        return KNOWN.stream()
                .filter(known -> message.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Map.Entry<String, YamlMistake> known(String piece, String reason, String fix) {
        return Map.entry(piece, new YamlMistake(reason, fix));
    }
}
