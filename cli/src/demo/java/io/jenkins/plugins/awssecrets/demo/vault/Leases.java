package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The leases that are running. */
final class Leases {
    private final Clock clock;
    private final Random random;
    private final Map<String, Lease> byId = new TreeMap<>();

    Leases(Clock clock, Random random) {
        this.clock = clock;
        this.random = random;
    }

    Lease issue(String path, Token owner, Duration ttl, Optional<Duration> maxTtl, boolean renewable) {
        Instant now = clock.instant();
        Lease lease = new Lease(path + "/" + random.letters(24), owner.id, now, ttl, maxTtl.map(now::plus), renewable);
        byId.put(lease.id, lease);
        return lease;
    }

    private Optional<Lease> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(l -> clock.instant().isBefore(l.expires));
    }

    boolean isActive(String id) {
        return find(id).isPresent();
    }

    /** {@code sys/leases/renew}. */
    VaultReply renew(VaultRequest request) {
        Lease lease = find(id(request)).orElseThrow(() -> VaultError.badRequest("lease not found"));
        if (!lease.renewable) {
            throw VaultError.badRequest("lease is not renewable");
        }
        Duration more = request.text("increment")
                .map(Ttl::parse)
                .filter(i -> !i.isZero())
                .orElse(lease.ttl);
        Instant end = clock.instant().plus(more);
        lease.expires = lease.latest.filter(end::isAfter).orElse(end);
        lease.renewed = Optional.of(clock.instant());
        return VaultReply.leased(NullNode.instance, lease.id, lease.secondsLeft(clock.instant()), true);
    }

    /** {@code sys/leases/revoke}; a lease that is not there is revoked already. */
    VaultReply revoke(VaultRequest request) {
        byId.remove(id(request));
        return VaultReply.none();
    }

    /** {@code sys/leases/lookup}. */
    VaultReply lookup(VaultRequest request) {
        Lease lease = find(id(request)).orElseThrow(() -> VaultError.badRequest("invalid lease"));
        ObjectNode data = VaultReply.object()
                .put("expire_time", lease.expires.toString())
                .put("id", lease.id)
                .put("issue_time", lease.issued.toString())
                .put("last_renewal", lease.renewed.map(Instant::toString).orElse(null))
                .put("renewable", lease.renewable)
                .put("ttl", lease.secondsLeft(clock.instant()));
        return VaultReply.data(data);
    }

    /** LIST {@code sys/leases/lookup/<prefix>}. */
    VaultReply list(String prefix) {
        return Keys.list(
                byId.keySet().stream().filter(id -> find(id).isPresent()).toList(), prefix);
    }

    /** Vault ends a token's leases with it. */
    void revokeOf(Token owner) {
        byId.values().removeIf(lease -> lease.owner.equals(owner.id));
    }

    private static String id(VaultRequest request) {
        return request.text("lease_id")
                .or(() -> Optional.of(request.path()).filter(p -> !p.isEmpty()))
                .orElseThrow(() -> VaultError.badRequest("lease_id must be specified"));
    }

    static final class Lease {
        final String id;
        final boolean renewable;
        private final String owner;
        private final Instant issued;
        private final Duration ttl;
        private final Optional<Instant> latest;
        private Instant expires;
        private Optional<Instant> renewed = Optional.empty();

        private Lease(
                String id, String owner, Instant issued, Duration ttl, Optional<Instant> latest, boolean renewable) {
            this.id = id;
            this.owner = owner;
            this.issued = issued;
            this.ttl = ttl;
            this.latest = latest;
            this.renewable = renewable;
            this.expires = issued.plus(ttl);
        }

        private long secondsLeft(Instant now) {
            return Duration.between(now, expires).toSeconds();
        }
    }
}
