package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Spelling;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A map of the file, read key by key. {@link #end()} refuses what nobody asked for, so that a misspelt key is an error
 * and never a silent default.
 */
final class Section {
    private static final int LONGEST_KEY = 24;

    private final String path;
    private final YamlNode.Mapping mapping;
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Expansion expansion;
    private final List<Note> notes;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param notes what is to be told of the file is added here
     * @throws SecretException when the node is no map; nothing counts as an empty one
     */
    Section(String path, YamlNode node, Expansion expansion, List<Note> notes) {
        this.path = path;
        this.expansion = expansion;
        this.notes = notes;
        if (node instanceof YamlNode.Mapping map) {
            this.mapping = map;
        } else if (node instanceof YamlNode.Nothing) {
            this.mapping = new YamlNode.Mapping(node.place(), java.util.Map.of());
        } else {
            throw node.place().malformed(path, node.what() + " where a map belongs", "write keys and values below it");
        }
    }

    String path() {
        return path;
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** The text of a key, variables put in; blank text counts as absent. */
    Optional<String> text(String key) {
        return node(key).map(node -> scalar(key, node)).filter(text -> !text.isBlank());
    }

    String required(String key) {
        return text(key).orElseThrow(() -> malformed("", "'" + key + "' is missing", "add it"));
    }

    Optional<SecretValue> secret(String key) {
        return text(key).map(SecretValue::of);
    }

    /**
     * What the environment variable holds that a key names. Whether it is set is seen when it is needed: what needs no
     * login works without.
     */
    Optional<Supplier<SecretValue>> variable(String key) {
        return text(key).map(name -> {
            if (!VARIABLE_NAME.matcher(name).matches()) {
                throw malformed(key, "not the name of an environment variable", "write it without ${ and }");
            }
            return () -> expansion
                    .variable(name)
                    .map(value -> SecretValue.of(value.strip()))
                    .orElseThrow(() -> new SecretException(
                            Problem.UNAUTHENTICATED,
                            "environment variable " + name,
                            "it is not set, and the ID token is expected in it",
                            "set it, such as with id_tokens in GitLab, or by a step that asks GitHub for a token"));
        });
    }

    Optional<Path> file(String key) {
        return text(key).map(text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw malformed(key, "not a valid path", "write the path of a file");
            }
        });
    }

    Optional<URI> address(String key) {
        return text(key).map(text -> {
            try {
                URI uri = new URI(text);
                boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // Its message repeats the text.
            }
            throw malformed(key, "not a valid URL", "write http:// or https://, a host and perhaps a port");
        });
    }

    Optional<Integer> number(String key, int least, int most) {
        return text(key).map(text -> {
            try {
                int number = Integer.parseInt(text.strip());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Its message repeats the text.
            }
            throw malformed(key, "not a number from " + least + " to " + most, "write one");
        });
    }

    boolean flag(String key, boolean otherwise) {
        return text(key)
                .map(text -> switch (text.strip()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw malformed(key, "neither true nor false", "write one of the two");
                })
                .orElse(otherwise);
    }

    Optional<Section> section(String key) {
        return node(key).map(node -> new Section(child(key), node, expansion, notes));
    }

    /**
     * Takes keys that have a meaning in Jenkins alone, and notes those that are there.
     *
     * @param instead what is done here, as a sentence without a full stop
     * @return whether one of them is there
     */
    boolean jenkinsOnly(String instead, String... keys) {
        boolean some = false;
        for (String key : keys) {
            Optional<YamlNode> value = node(key);
            value.ifPresent(node -> note(key, node.place(), "used by Jenkins only", instead));
            some |= value.isPresent();
        }
        return some;
    }

    private void note(String key, Place place, String reason, String fix) {
        notes.add(new Note(place + ": " + child(key), reason, fix));
    }

    /**
     * Notes a field of a reference that is cut off as a comment: {@code secret: sm:ci/hub #password}.
     *
     * @param text of the key
     */
    void noteCommentBehind(String key, String text) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry != null && entry.value() instanceof YamlNode.Scalar scalar && text.indexOf('#') < 0) {
            scalar.wordOfComment()
                    .ifPresent(word -> note(
                            key,
                            scalar.place(),
                            "'#" + word + "' after a blank is a comment of YAML, so no field is named",
                            "write " + text.strip() + "#" + word
                                    + " without the blank, or put the comment into a line of" + " its own"));
        }
    }

    /** The map of a key that must be there; {@code key:} with nothing behind it is an empty one. */
    Section sectionOf(String key) {
        known.add(key);
        return new Section(child(key), mapping.entries().get(key).value(), expansion, notes);
    }

    /** The items of a list, each a map. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (YamlNode item : items(key)) {
            sections.add(new Section(child(key) + "[" + sections.size() + "]", item, expansion, notes));
        }
        return sections;
    }

    /** The maps of a key that holds a list of them, or a single one by itself. */
    List<Section> oneOrMore(String key) {
        return node(key).filter(YamlNode.Sequence.class::isInstance).isPresent()
                ? sections(key)
                : section(key).stream().toList();
    }

    /** The items of a list of texts. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key)) {
            texts.add(scalar(key + "[" + texts.size() + "]", item));
        }
        return texts;
    }

    /** A text into which Jenkins puts names of the build: {@code ${folder}} and {@code ${job}} stay as they are. */
    Optional<String> pattern(String key) {
        return node(key)
                .map(node -> scalar(key, node, text -> expansion.expand(Rule.kept(text))))
                .filter(text -> !text.isBlank());
    }

    /** The items of a list of patterns: as {@link #texts}, and what a rule puts in by itself stays as it is. */
    List<String> patterns(String key) {
        List<String> patterns = new ArrayList<>();
        for (YamlNode item : items(key)) {
            patterns.add(scalar(key + "[" + patterns.size() + "]", item, text -> expansion.expand(Rule.kept(text))));
        }
        return patterns;
    }

    private List<YamlNode> items(String key) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        throw malformed(key, node.what() + " where a list belongs", "begin each item with '- '");
    }

    /** The one key of a map such as {@code - ssm: {...}}, which says what the map below it is. */
    String onlyKey(List<String> expected) {
        if (keys().size() != 1) {
            throw malformed(
                    "",
                    keys().isEmpty() ? "nothing says what this is" : "several keys where one says what this is",
                    "write one of " + String.join(", ", expected) + ", and its settings indented below it");
        }
        String key = keys().iterator().next();
        if (!expected.contains(key)) {
            throw unknown(key, expected);
        }
        return key;
    }

    /** Whether a text in this map or below it takes an environment variable. */
    boolean mentionsVariables() {
        return mentionsVariables(mapping);
    }

    private static boolean mentionsVariables(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            return map.entries().values().stream().anyMatch(entry -> mentionsVariables(entry.value()));
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().anyMatch(Section::mentionsVariables);
        }
        return node instanceof YamlNode.Scalar scalar
                && scalar.text().replace("^${", "").contains("${");
    }

    /** Refuses the keys that were not asked for. */
    void end() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw unknown(key, List.copyOf(known));
            }
        }
    }

    private SecretException unknown(String key, List<String> expected) {
        Place place = mapping.entries().get(key).keyPlace();
        if (key.equals("<<")) {
            return place.malformed(path, "a merge key of YAML", "write its keys out; anchors are not followed here");
        }
        String one = "xpected one of " + String.join(", ", expected);
        return place.malformed(
                path,
                "an unknown key",
                key.length() > LONGEST_KEY
                        ? "e" + one
                        : Spelling.nearest(key, expected)
                                .map(meant -> "did you mean " + meant + "? E" + one)
                                .orElse("e" + one));
    }

    /** @param key the key in question, or empty for the map itself */
    SecretException malformed(String key, String reason, String fix) {
        return place(key).malformed(key.isEmpty() ? path : child(key), reason, fix);
    }

    /** Where a key's value stands; the map's own place where there is no such key. */
    Place place(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.value().place();
    }

    String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<YamlNode> node(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.entries().get(key))
                .map(YamlNode.Entry::value)
                .filter(node -> !(node instanceof YamlNode.Nothing));
    }

    private String scalar(String key, YamlNode node) {
        return scalar(key, node, expansion::expand);
    }

    private String scalar(String key, YamlNode node, UnaryOperator<String> expander) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            throw node.place()
                    .malformed(
                            child(key),
                            node.what() + " where a text belongs",
                            "write a text; quote one with braces, brackets or ': '");
        }
        try {
            return expander.apply(scalar.text());
        } catch (Expansion.Unexpandable e) {
            throw node.place().malformed(child(key), e.getMessage(), e.fix());
        }
    }
}
