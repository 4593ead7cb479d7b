package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backend holds under one locator, with the version it was read at.
 *
 * @param shape how the value is to be read
 * @param value the whole value; for {@link Shape#MEMBERS} the JSON text of the object
 * @param confidential false only for what the backend itself keeps in the clear (an SSM {@code String} or
 *     {@code StringList} parameter)
 * @param version the version that was read (SSM number, Secrets Manager version id, KV v2 number); empty where the
 *     backend keeps none
 * @param stages version stages (Secrets Manager) or the label asked for (SSM)
 * @param changed when this version was made; empty where the backend does not say
 * @param lease the lease of a dynamic Vault secret
 */
public record SecretPayload(
        Shape shape,
        SecretValue value,
        boolean confidential,
        Optional<String> version,
        List<String> stages,
        Optional<Instant> changed,
        Optional<Lease> lease) {

    public SecretPayload {
        stages = List.copyOf(stages);
    }

    /** A payload of text with no more known of it than its version. */
    public static SecretPayload text(SecretValue value, Optional<String> version) {
        return new SecretPayload(Shape.TEXT, value, true, version, List.of(), Optional.empty(), Optional.empty());
    }

    /** A payload of text that nobody stores: it was made as it was asked for. */
    public static SecretPayload made(SecretValue value, Instant now, Optional<Lease> lease) {
        return new SecretPayload(Shape.TEXT, value, true, Optional.empty(), List.of(), Optional.of(now), lease);
    }

    /** How a payload's value is to be read. */
    public enum Shape {
        /** Text, which may be JSON: whole without a field, a member with one. */
        TEXT,
        /** Bytes ({@code SecretBinary}): whole only. */
        BINARY,
        /** An object of named values (Vault): a single key's value without a field, a member with one. */
        MEMBERS
    }

    /**
     * A dynamic secret's lease.
     *
     * @param id lease id: no secret in itself, yet not for logs
     * @param seconds how long it lasts from when it was read
     */
    public record Lease(String id, long seconds, boolean renewable) {
        /** What the id of a certificate begins with, which has no lease of its own and is revoked all the same. */
        public static final String CERTIFICATE = "certificate";

        public boolean isCertificate() {
            return id.startsWith(CERTIFICATE + " ");
        }

        @Override
        public String toString() {
            if (isCertificate()) {
                return "certificate valid for " + seconds + " s";
            }
            return "lease of " + seconds + " s" + (renewable ? ", renewable" : "");
        }
    }
}
