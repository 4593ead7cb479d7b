package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token. Guarded by the lock of the service. */
final class Token {
    final String id;
    final String accessor;
    final String namespace;
    final String path;
    final String displayName;
    final List<String> policies;
    final Map<String, String> metadata;
    final boolean renewable;
    final Instant created;
    final Duration ttl;
    final Optional<Instant> latest;
    final Optional<Alias> alias;
    final Optional<Token> parent;
    Optional<Instant> expires;
    Optional<Instant> renewed = Optional.empty();

    /**
     * Who an auth method says that the token's owner is.
     *
     * @param accessor of the auth method's mount
     */
    record Alias(String accessor, String name, Map<String, String> metadata) {}

    /**
     * @param alias as which templated policies know it
     * @param parent whose end is its own end
     * @param ttl zero for no end
     * @param latest the end beyond which renewing does not go
     */
    Token(
            String id,
            String accessor,
            String namespace,
            String path,
            String displayName,
            List<String> policies,
            Map<String, String> metadata,
            boolean renewable,
            Instant created,
            Duration ttl,
            Optional<Instant> latest,
            Optional<Alias> alias,
            Optional<Token> parent) {
        this.id = id;
        this.accessor = accessor;
        this.namespace = namespace;
        this.path = path;
        this.displayName = displayName;
        this.policies = policies;
        this.metadata = metadata;
        this.renewable = renewable;
        this.created = created;
        this.ttl = ttl;
        this.latest = latest;
        this.alias = alias;
        this.parent = parent;
        this.expires = ttl.isZero() ? Optional.empty() : Optional.of(created.plus(ttl));
    }

    boolean isRoot() {
        return policies.contains("root");
    }

    boolean isOver(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    long secondsLeft(Instant now) {
        return expires.map(end -> Duration.between(now, end).toSeconds()).orElse(0L);
    }

    /** What {@code lookup-self} gives. */
    ObjectNode describe(Instant now) {
        ObjectNode node = VaultReply.object()
                .put("accessor", accessor)
                .put("creation_time", created.getEpochSecond())
                .put("creation_ttl", ttl.toSeconds())
                .put("display_name", displayName)
                .put("entity_id", "")
                .put("expire_time", expires.map(Instant::toString).orElse(null))
                .put("explicit_max_ttl", 0)
                .put("id", id)
                .put("issue_time", created.toString())
                .put("num_uses", 0)
                .put("orphan", parent.isEmpty())
                .put("path", path)
                .put("renewable", renewable && expires.isPresent())
                .put("ttl", secondsLeft(now))
                .put("type", "service");
        renewed.ifPresent(at -> node.put("last_renewal", at.toString()).put("last_renewal_time", at.getEpochSecond()));
        metadata.forEach(node.putObject("meta")::put);
        policies(node.putArray("policies"));
        return node;
    }

    /** The {@code auth} of a login or a renewal. */
    ObjectNode auth(Instant now) {
        ObjectNode node = VaultReply.object()
                .put("client_token", id)
                .put("accessor", accessor)
                .put("lease_duration", secondsLeft(now))
                .put("renewable", renewable && expires.isPresent())
                .put("entity_id", "")
                .put("token_type", "service")
                .put("orphan", parent.isEmpty())
                .put("num_uses", 0);
        node.putNull("mfa_requirement");
        policies(node.putArray("policies"));
        policies(node.putArray("token_policies"));
        metadata.forEach(node.putObject("metadata")::put);
        return node;
    }

    private void policies(ArrayNode node) {
        policies.forEach(node::add);
    }
}
