package io.jenkins.plugins.awssecrets.engine.source;

import java.util.Optional;

/**
 * What one read of a backend is addressed by: references that differ only in their field share a locator, and so a read.
 *
 * @param source id of the source
 * @param name parameter name, secret name, ARN or Vault path, decoded
 * @param version version, label or stage as the reference gives it; empty for the current one
 */
public record Locator(String source, String name, Optional<String> version) {
    /** In the form of a reference without a field, for messages. */
    @Override
    public String toString() {
        if (Minting.isName(name)) {
            return Minting.of(this).map(made -> made.words(source)).orElse(source + ":" + Minting.MARK);
        }
        return source + ":" + name + version.map(v -> "?version=" + v).orElse("");
    }
}
