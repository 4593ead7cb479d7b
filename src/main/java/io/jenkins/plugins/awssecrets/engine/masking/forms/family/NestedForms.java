package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one tool printed, printed by another: a page in a URL, JSON in JSON in Python's debug log, a quoted command in a
 * log of JSON. Only combinations that the families do not have themselves.
 */
final class NestedForms implements FormFamily {
    private static final List<EscapeTable> JSON =
            List.of(JsonForms.MINIMAL, JsonForms.ASCII, JsonForms.GO, JsonForms.PHP);

    /**
     * @param inner what the first tool writes
     * @param outer what the second makes of it
     */
    private record Nesting(List<UnaryOperator<String>> inner, List<EscapeTable> outer) {}

    private static final List<Nesting> NESTINGS = List.of(
            new Nesting(
                    List.copyOf(MarkupForms.QUOTES),
                    List.of(JsonForms.MINIMAL, JsonForms.ASCII, MarkupForms.TEXT, MarkupForms.ATTRIBUTE)),
            new Nesting(
                    List.copyOf(JSON),
                    Stream.concat(
                                    MarkupForms.QUOTES.stream(),
                                    Stream.of(
                                            DataForms.CSV, DataForms.APOSTROPHES, LiteralForms.SOURCE, ShellForms.RUBY))
                            .toList()),
            new Nesting(
                    JSON.stream().map(NestedForms::twice).toList(),
                    List.of(
                            JsonForms.ASCII,
                            LiteralForms.PYTHON,
                            LiteralForms.PYTHON_QUOTED,
                            ShellForms.CLOSED,
                            MarkupForms.ATTRIBUTE)),
            new Nesting(
                    List.of(text ->
                            JsonForms.MINIMAL.apply(twice(JsonForms.MINIMAL).apply(text))),
                    List.of(JsonForms.MINIMAL)),
            new Nesting(List.of(twice(JsonForms.PHP)), List.of(JsonForms.PHP)),
            new Nesting(List.of(ShellForms.BASH), List.of(ShellForms.BASH, JsonForms.MINIMAL)),
            new Nesting(List.of(ShellForms.RUBY), List.of(ShellForms.RUBY, JsonForms.MINIMAL)),
            new Nesting(
                    List.of(ShellForms.CLOSED, ShellForms.QUOTED),
                    List.of(
                            JsonForms.MINIMAL,
                            JsonForms.ASCII,
                            LiteralForms.PYTHON,
                            LiteralForms.PYTHON_QUOTED,
                            ShellForms.CLOSED,
                            ShellForms.QUOTED)),
            new Nesting(
                    List.of(twice(LiteralForms.PYTHON), twice(LiteralForms.PYTHON_QUOTED)),
                    List.of(LiteralForms.PYTHON, LiteralForms.PYTHON_QUOTED)),
            new Nesting(List.of(DataForms.YAML, DataForms.APOSTROPHES), List.of(JsonForms.MINIMAL)));

    private static final List<EscapeTable> IN_URL = List.of(PercentForms.RFC3986, PercentForms.PATH, PercentForms.PLUS);

    private static UnaryOperator<String> twice(EscapeTable table) {
        return text -> table.apply(table.apply(text));
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        if (subject.scope() == Scope.CORE) {
            return;
        }
        subject.text().ifPresent(text -> {
            for (Nesting nesting : NESTINGS) {
                for (UnaryOperator<String> inner : nesting.inner()) {
                    String body = inner.apply(text);
                    if (!body.equals(text)) {
                        nesting.outer().forEach(outer -> into.add(outer, body));
                    }
                }
            }
            for (EscapeTable markup : MarkupForms.QUOTES) {
                String body = markup.apply(text);
                if (!body.equals(text)) {
                    String utf8 = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                    IN_URL.forEach(outer -> into.addLatin1(outer, utf8));
                }
            }
        });
    }
}
