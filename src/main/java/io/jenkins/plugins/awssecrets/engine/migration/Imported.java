package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A configuration in this product's form. It holds no secret value: where the original has one, a variable stands.
 *
 * @param configuration {@code sources}, {@code credentials} and the rest, as {@code awsSecrets} holds them
 * @param leftOut what has no equivalent or needs a hand
 */
public record Imported(ObjectNode configuration, List<LeftOut> leftOut) {
    public Imported {
        configuration = configuration.deepCopy();
        leftOut = List.copyOf(leftOut);
    }

    @Override
    public ObjectNode configuration() {
        return configuration.deepCopy();
    }

    /**
     * Something of the original.
     *
     * @param what its path or name there
     * @param why why it is not in the configuration, and what to do instead; without a full stop
     */
    public record LeftOut(String what, String why) {}
}
