package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import java.time.Instant;
import java.util.Optional;

/**
 * A mount and its engine as configured, where Vault does not say: a policy denies {@code sys/internal/ui/mounts}, or a
 * path begins with a namespace.
 *
 * @param path without slashes around it: {@code team/kv}, or {@code ns1/secret} in a namespace
 * @param kvVersion 1 or 2; empty for any other engine, whose paths are read as they are
 */
public record MountSetting(String path, Optional<Integer> kvVersion) {
    /** @throws SecretException {@code MALFORMED}, about {@code path} or {@code kvVersion} */
    public MountSetting {
        path = path.strip().replaceAll("^/+|/+$", "");
        if (path.isEmpty() || path.contains("//") || path.matches("(.*/)?\\.\\.?(/.*)?")) {
            throw new SecretException(
                    Problem.MALFORMED, "path", "not the path of a mount", "write it as vault secrets list shows it");
        }
        if (kvVersion.filter(version -> version != 1 && version != 2).isPresent()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "kvVersion",
                    "no version of the KV engine",
                    "write 1 or 2, or leave it out for another engine");
        }
    }

    /** Never asked about again: whoever configures it knows. */
    Mount mount() {
        Engine engine =
                kvVersion.map(version -> version == 2 ? Engine.KV2 : Engine.KV1).orElse(Engine.OTHER);
        return new Mount(path + "/", engine, Instant.MAX);
    }
}
