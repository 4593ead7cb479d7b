package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.awssecrets.engine.migration.Imported.LeftOut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A part of a configuration as code, or of a configuration file of Jenkins' in XML, read key by key. What nobody asked
 * for is told at the {@link #end()}.
 */
final class Original {
    /** A variable without a default, which might be the value itself. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    /** What XStream and Jenkins write beside the settings. */
    private static final Set<String> NO_SETTINGS = Set.of("class", "plugin", "serialization", "resolves-to");

    private final String path;
    private final JsonNode node;
    private final List<LeftOut> leftOut;
    private final Set<String> known = new HashSet<>(NO_SETTINGS);

    Original(String path, JsonNode node, List<LeftOut> leftOut) {
        this.path = path;
        this.node = node;
        this.leftOut = leftOut;
    }

    boolean has(String key) {
        return !node.path(key).isMissingNode() && !node.path(key).isNull();
    }

    Original part(String key) {
        known.add(key);
        return new Original(path + "." + key, has(key) ? node.get(key) : MissingNode.getInstance(), leftOut);
    }

    /** A text that is no secret; blank counts as absent. */
    Optional<String> text(String key) {
        known.add(key);
        return Optional.of(node.path(key))
                .filter(JsonNode::isValueNode)
                .filter(n -> !n.isNull())
                .map(JsonNode::asText)
                .filter(t -> !t.isBlank());
    }

    /** An address without a user and password in it. */
    Optional<String> address(String key) {
        Optional<String> written = text(key);
        if (written.filter(a -> a.matches(".*//[^/]*@.*")).isPresent()) {
            leftOut(key, "the address contains a user or password, which was left out");
            return Optional.empty();
        }
        return written;
    }

    boolean flag(String key, boolean otherwise) {
        return text(key).map(Boolean::parseBoolean).orElse(otherwise);
    }

    /**
     * A variable in place of a secret: the one that the original has, else the one suggested, which the user must set.
     */
    Optional<String> secret(String key, String variable) {
        Optional<String> written = text(key);
        if (written.isEmpty() || VARIABLE.matcher(written.get()).matches()) {
            return written;
        }
        leftOut(key, "a secret value is not carried over; set the variable " + variable);
        return Optional.of("${" + variable + "}");
    }

    /**
     * Which of several kinds this is, and its settings: the only key in YAML, the class in XML.
     *
     * @param kind with a small letter at its beginning, without packages
     */
    record Choice(String kind, Original settings) {}

    Optional<Choice> choice() {
        if (node.isTextual() && !node.asText().isBlank()) {
            return Optional.of(new Choice(node.asText(), new Original(path, MissingNode.getInstance(), leftOut)));
        }
        if (node.hasNonNull("class")) {
            return Optional.of(new Choice(simpleName(node.get("class").asText()), this));
        }
        if (node.size() > 1) {
            leftOut("", "several settings where one is expected; keep one of them");
        }
        return node.size() == 1
                ? Optional.of(node.fieldNames().next()).map(kind -> new Choice(kind, part(kind)))
                : Optional.empty();
    }

    /** The items of a list, which XML has as elements named by their class. */
    List<Original> items(String key) {
        known.add(key);
        List<Original> items = new ArrayList<>();
        list(node.path(key)).forEach(item -> items.add(new Original(path + "." + key, item, leftOut)));
        return items;
    }

    /** The texts of a list, where an item may be an object with the text as its {@code value}. */
    List<String> texts(String key) {
        return items(key).stream()
                .map(item -> item.node.isValueNode()
                        ? item.node.asText()
                        : item.node.path("value").asText())
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static List<JsonNode> list(JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (field.getKey().contains(".") || field.getKey().equals("string")) {
                    items.addAll(field.getValue().isArray() ? list(field.getValue()) : List.of(field.getValue()));
                }
            }
        } else if (node.isValueNode() && !node.isNull() && !node.asText().isBlank()) {
            items.add(node);
        }
        return items;
    }

    void leftOut(String key, String why) {
        known.add(key);
        leftOut.add(new LeftOut(path + (key.isEmpty() ? "" : "." + key), why));
    }

    /** Settings that are dropped in silence because nothing is lost with them. */
    void needless(String... keys) {
        known.addAll(List.of(keys));
    }

    /** Tells what nobody asked for. */
    void end() {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean nothing = field.getValue().isNull()
                    || field.getValue().isValueNode()
                            && field.getValue().asText().isBlank()
                    || field.getValue().isContainerNode() && field.getValue().isEmpty();
            if (!known.contains(field.getKey()) && !nothing) {
                leftOut(field.getKey(), "not supported");
            }
        }
    }

    /** {@code a.b.VaultTokenCredential} is {@code vaultTokenCredential}. */
    static String simpleName(String className) {
        String name = className.substring(className.lastIndexOf('.') + 1);
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
