package io.jenkins.plugins.awssecrets.config.code;

import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the node of a YAML file that a path such as {@code sources[0].ssm.region} leads to. */
final class NodePath {
    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|[^.\\[\\]]+");

    private NodePath() {}

    /** The node, or the last one on the way to it where there is none: a key that is missing has no place. */
    static CNode find(CNode root, String path) {
        CNode node = root;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            Optional<CNode> next =
                    step.group(1) == null ? member(node, step.group()) : item(node, Integer.parseInt(step.group(1)));
            if (next.isEmpty()) {
                return node;
            }
            node = next.get();
        }
        return node;
    }

    /** As configuration as code does, without regard to case. */
    static Optional<CNode> member(CNode node, String name) {
        return node instanceof Mapping mapping
                ? mapping.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(name) && entry.getValue() != null)
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.empty();
    }

    /** A single one may stand in the place of a list. */
    private static Optional<CNode> item(CNode node, int index) {
        if (node instanceof Sequence sequence) {
            return sequence.stream().skip(index).findFirst();
        }
        return index == 0 ? Optional.of(node) : Optional.empty();
    }
}
