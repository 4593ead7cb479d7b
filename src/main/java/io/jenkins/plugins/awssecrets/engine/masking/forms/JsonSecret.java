package io.jenkins.plugins.awssecrets.engine.masking.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.JsonForms;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.JsonPrinter;
import io.jenkins.plugins.awssecrets.engine.masking.plain.PlainValues;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A secret that is a JSON document: its string leaves, which are secrets of their own, and the document as tools print
 * it again (compact, sorted, pretty-printed).
 */
final class JsonSecret {
    /** Shorter leaves are words such as {@code admin}. */
    private static final int SHORTEST_LEAF = 6;

    /** A document that is all brackets would be indented to many times its size. */
    private static final int MOST_LAYOUT = 4;

    private static final int LAYOUT_OF_A_SHORT_ONE = 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            // Settings with comments and trailing commas are read too, for what is in them.
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode root;

    private final int longest;

    private JsonSecret(JsonNode root, int size) {
        this.root = root;
        this.longest = MOST_LAYOUT * size + LAYOUT_OF_A_SHORT_ONE;
    }

    /** The document, or empty when the text is no JSON object, array or string. */
    static Optional<JsonSecret> parse(String text) {
        if (text.isEmpty() || "{[\"".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonSecret(MAPPER.readTree(text), text.length()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Every string of 6 characters or more, except the names of members and what is plainly no secret.
     *
     * @param shown texts that are none, as who made the document knows
     */
    Set<String> leaves(Set<String> shown) {
        Set<String> leaves = new LinkedHashSet<>();
        collect(root, "", shown, leaves);
        return leaves;
    }

    /** The document as printed again. */
    Set<String> documents() {
        Set<String> documents = new LinkedHashSet<>();
        if (root.isContainerNode()) {
            for (JsonPrinter layout : JsonPrinter.layouts()) {
                for (EscapeTable strings : List.of(JsonForms.MINIMAL, JsonForms.ASCII)) {
                    String document = layout.print(root, strings);
                    if (document.length() <= longest) {
                        documents.add(document);
                    }
                }
            }
        }
        return documents;
    }

    /** @param name of the member that the node is, or is in an array of; where that is secret, so is all below it */
    private static void collect(JsonNode node, String name, Set<String> shown, Set<String> leaves) {
        if (node.isTextual()) {
            String text = node.textValue();
            if (text.length() >= SHORTEST_LEAF && !shown.contains(text) && !PlainValues.isPlain(name, text)) {
                leaves.add(text);
            }
        } else if (node.isObject()) {
            String above = PlainValues.isSecretName(name) ? name + '.' : "";
            node.fields()
                    .forEachRemaining(member -> collect(member.getValue(), above + member.getKey(), shown, leaves));
        } else {
            node.forEach(element -> collect(element, name, shown, leaves));
        }
    }
}
