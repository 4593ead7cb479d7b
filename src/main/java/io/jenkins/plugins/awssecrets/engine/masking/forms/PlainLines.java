package io.jenkins.plugins.awssecrets.engine.masking.forms;

import io.jenkins.plugins.awssecrets.engine.masking.plain.PlainValues;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a document that every other document of its format may have too, such as {@code kind: Config},
 * {@code [default]} or {@code "port": 5432,}: they are no secrets by themselves.
 */
final class PlainLines {
    /** One setting of YAML, JSON, dotenv, INI or properties. */
    private static final Pattern SETTING = Pattern.compile(
            "(?:- |export |set )?\\s*([\"']?)([A-Za-z_$][A-Za-z0-9_$.-]{0,63})\\1\\s*[:=]\\s*(.*?)[,;]?");

    private static final Pattern SECTION = Pattern.compile("\\[([^\\]]*)]|[-{}\\[\\](),;]*|---|\\.\\.\\.");

    private static final Pattern TAG =
            Pattern.compile("<[?/]?([A-Za-z][\\w:.-]*)((?:\\s+[\\w:.-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*)\\s*[?/]?>");

    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w:.-]+)=[\"']([^\"']*)[\"']");

    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z][\\w.-]*)>([^<>]*)</\\1>");

    private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,5}(\\.\\d{1,3})?|null|~|[{\\[(]*[)\\]}]*");

    private static final int LONGEST = 400;

    private PlainLines() {}

    /** @param shown texts that are no secrets, as who made the document knows */
    static boolean isPlain(String line, Set<String> shown) {
        String text = line.strip();
        if (text.length() > LONGEST) {
            return false;
        }
        Matcher section = SECTION.matcher(text);
        if (section.matches()) {
            return section.group(1) == null || PlainValues.isPlain("name", section.group(1));
        }
        Matcher element = ELEMENT.matcher(text);
        if (element.matches()) {
            return isPlain(element.group(1), element.group(2), shown);
        }
        Matcher tag = TAG.matcher(text);
        if (tag.matches()) {
            return ATTRIBUTE
                    .matcher(tag.group(2))
                    .results()
                    .allMatch(attribute -> attribute.group(1).startsWith("xmlns")
                            || isPlain(attribute.group(1), attribute.group(2), shown));
        }
        Matcher setting = SETTING.matcher(text);
        if (!setting.matches()) {
            return false;
        }
        Matcher quoted = QUOTED.matcher(setting.group(3));
        return isPlain(setting.group(2), quoted.matches() ? quoted.group(2) : setting.group(3), shown);
    }

    private static boolean isPlain(String name, String value, Set<String> shown) {
        return NUMBER.matcher(value).matches() && !PlainValues.isSecretName(name)
                || value.isEmpty()
                || shown.contains(value)
                || PlainValues.isPlain(name, value);
    }
}
