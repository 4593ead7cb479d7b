package io.jenkins.plugins.awssecrets.step;

import hudson.util.Secret;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The variables of a block. Pipeline writes a {@link Secret} encrypted, so a restart gives them back. It is of base64,
 * since a secret made of a text that is encrypted with the controller's key holds what that text decrypts to.
 */
final class BoundVariables implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Secret> values = new LinkedHashMap<>();
    private final LinkedHashSet<String> sensitive;

    /** Of the block, whose later steps get what was renewed; {@code null} in others and in what earlier versions wrote. */
    private final String block;

    /** Those that nothing renews. */
    BoundVariables(Map<String, String> values, Set<String> sensitive) {
        this(null, values, sensitive);
    }

    BoundVariables(String block, Map<String, String> values, Set<String> sensitive) {
        this.block = block;
        values.forEach((name, value) -> this.values.put(name, Secret.fromString(encoded(value))));
        this.sensitive = new LinkedHashSet<>(sensitive);
    }

    void addTo(Map<String, String> environment) {
        values.forEach((name, value) -> environment.put(name, decoded(value.getPlainText())));
        if (block != null) {
            environment.putAll(BlockRenewals.get().variables(block));
        }
    }

    /** Whether the block's files are written anew while it lasts. */
    boolean isRenewed() {
        return block != null && BlockRenewals.get().isRenewed(block);
    }

    Set<String> sensitive() {
        return Set.copyOf(sensitive);
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
