package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Set;

/**
 * A way for a kind's fields to be made when they are needed, instead of being stored.
 *
 * @param name the word in the configuration
 * @param aws whether it takes a source of AWS'; otherwise one of Vault's
 * @param required settings, besides {@code source}
 * @param optional settings
 * @param gives the fields that it makes
 */
public record MintingWay(String name, boolean aws, List<String> required, List<String> optional, Set<String> gives) {
    /** The setting that names whose login makes it. */
    public static final String SOURCE = "source";

    public MintingWay {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
        gives = Set.copyOf(gives);
    }

    public boolean takes(SourceKind kind) {
        return aws == (kind != SourceKind.VAULT);
    }
}
