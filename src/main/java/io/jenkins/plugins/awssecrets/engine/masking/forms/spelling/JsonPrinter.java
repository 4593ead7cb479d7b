package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A JSON document in one of the layouts that tools print.
 *
 * @param indent what each level is indented by; empty for one line
 * @param blanks whether a line has a blank after each comma and colon, as Python's json.dumps
 * @param sorted whether members are in the order of their names, as {@code jq -S} and Go's maps
 */
public record JsonPrinter(String indent, boolean blanks, boolean sorted) {
    /** The usual layouts, in the document's order of members and sorted. */
    public static List<JsonPrinter> layouts() {
        List<JsonPrinter> layouts = new ArrayList<>(lines());
        for (String indent : List.of("  ", "    ", "\t")) {
            layouts.add(new JsonPrinter(indent, false, false));
            layouts.add(new JsonPrinter(indent, false, true));
        }
        return layouts;
    }

    /** The layouts of one line. */
    private static List<JsonPrinter> lines() {
        return List.of(
                new JsonPrinter("", false, false),
                new JsonPrinter("", false, true),
                new JsonPrinter("", true, false),
                new JsonPrinter("", true, true));
    }

    /** The document, its strings written by the table. */
    public String print(JsonNode document, EscapeTable strings) {
        StringBuilder out = new StringBuilder();
        node(document, strings, 0, out);
        return out.toString();
    }

    private void node(JsonNode node, EscapeTable strings, int depth, StringBuilder out) {
        if (node.isTextual()) {
            string(node.textValue(), strings, out);
        } else if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
            if (sorted) {
                members.sort(Comparator.comparing(Map.Entry::getKey));
            }
            out.append('{');
            for (int i = 0; i < members.size(); i++) {
                separate(i, depth + 1, out);
                string(members.get(i).getKey(), strings, out);
                out.append(indent.isEmpty() && !blanks ? ":" : ": ");
                node(members.get(i).getValue(), strings, depth + 1, out);
            }
            close(members.size(), depth, out);
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                separate(i, depth + 1, out);
                node(node.get(i), strings, depth + 1, out);
            }
            close(node.size(), depth, out);
            out.append(']');
        } else {
            out.append(node.asText());
        }
    }

    private void separate(int index, int depth, StringBuilder out) {
        if (index > 0) {
            out.append(blanks ? ", " : ",");
        }
        if (!indent.isEmpty()) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void close(int size, int depth, StringBuilder out) {
        if (size > 0 && !indent.isEmpty()) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private static void string(String text, EscapeTable strings, StringBuilder out) {
        out.append('"').append(strings.apply(text)).append('"');
    }
}
