package io.jenkins.plugins.awssecrets.config.forms;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A list of texts, which a form has in one text with a line each. */
public final class Lines {
    private Lines() {}

    /**
     * In a list of its own, without blank ones.
     *
     * @param texts of code, of a form, or of XML that was edited by hand; {@code null} for none
     */
    public static List<String> of(List<String> texts) {
        return ReadBack.list(texts, String.class).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Checks each of a list, and reports which one is wrong.
     *
     * @param key of the list in its configuration
     * @param check throws a {@link SecretException} for a text that is wrong
     */
    public static void each(String key, List<String> lines, Consumer<String> check) {
        for (int i = 0; i < lines.size(); i++) {
            try {
                check.accept(lines.get(i));
            } catch (SecretException e) {
                throw Malformed.at(key + "[" + i + "]", e.reason(), e.fix());
            }
        }
    }
}
