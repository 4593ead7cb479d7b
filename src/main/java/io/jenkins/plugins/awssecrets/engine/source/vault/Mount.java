package io.jenkins.plugins.awssecrets.engine.source.vault;

import java.time.Instant;

/**
 * Where a secrets engine is mounted, and which.
 *
 * @param path with a slash at its end: {@code team/kv/}
 * @param detected when Vault was asked
 */
record Mount(String path, Engine engine, Instant detected) {
    enum Engine {
        KV1,
        KV2,
        /** Read as it is: database, aws, cubbyhole, ... */
        OTHER,
        /** Vault does not say, so reading has to find out. */
        UNKNOWN
    }

    boolean holds(String secret) {
        return secret.startsWith(path);
    }

    /** The part of a secret's path below the mount. */
    String below(String secret) {
        return secret.length() <= path.length() ? "" : secret.substring(path.length());
    }

    String dataPath(String secret) {
        return path + "data/" + below(secret);
    }

    String metadataPath(String secret) {
        return path + "metadata/" + below(secret);
    }
}
