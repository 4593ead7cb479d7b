package io.jenkins.plugins.awssecrets.demo.seed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A secrets engine where it is mounted.
 *
 * @param path without the slash at the end
 * @param type {@code kv}, or an engine whose {@code creds/<role>} makes new credentials with a lease: {@code database},
 *     {@code aws}, {@code ldap}, ...; {@code ssh} and {@code pki} sign keys and issue certificates
 * @param version of a {@code kv} engine, 1 or 2 (the default)
 * @param secrets what a {@code kv} engine holds; with other engines, paths that are read as they are
 * @param roles of an engine with leases
 */
public record MountSeed(
        String path, String type, Optional<Integer> version, List<KvSecret> secrets, Map<String, Role> roles) {
    public MountSeed {
        type = type == null ? "kv" : type;
        version = version == null ? Optional.empty() : version;
        secrets = Lists.of(secrets);
        roles = Lists.of(roles);
    }

    public boolean isVersioned() {
        return type.equals("kv") && version.orElse(2) == 2;
    }

    /**
     * A secret of a {@code kv} engine.
     *
     * @param data the newest version's
     * @param metadata custom metadata (version 2)
     * @param versions older versions, the oldest first, numbered from 1 (version 2)
     */
    public record KvSecret(
            String path, Map<String, Object> data, Map<String, String> metadata, List<KvVersion> versions) {
        public KvSecret {
            metadata = Lists.of(metadata);
            versions = Lists.of(versions);
        }

        @Override
        public String toString() {
            return "KvSecret[" + path + "]";
        }
    }

    /**
     * A version of a secret.
     *
     * @param created ISO 8601; now where it is left out
     */
    public record KvVersion(Map<String, Object> data, boolean deleted, boolean destroyed, Optional<String> created) {
        public KvVersion {
            data = Lists.of(data);
        }

        @Override
        public String toString() {
            return "KvVersion[]";
        }
    }

    /**
     * A role of an engine with leases.
     *
     * @param ttl of a lease, such as {@code 1h}
     * @param maxTtl the end beyond which renewing does not go
     * @param renewable true where it is left out
     * @param fields what a read gives; <code>{{random}}</code> stands for 20 letters and digits, new each time
     */
    public record Role(String ttl, Optional<String> maxTtl, Optional<Boolean> renewable, Map<String, String> fields) {
        public Role {
            ttl = ttl == null ? "1h" : ttl;
            fields = Lists.of(fields);
        }

        @Override
        public String toString() {
            return "Role[]";
        }
    }
}
