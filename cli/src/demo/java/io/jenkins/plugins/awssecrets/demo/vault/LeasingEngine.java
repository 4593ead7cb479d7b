package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.MountSeed;
import java.time.Duration;
import java.util.Optional;

/** An engine that makes new credentials with a lease at each read of {@code creds/<role>}: database, aws, ldap, ... */
final class LeasingEngine implements Engine {
    private static final String RANDOM = "{{random}}";

    private final MountSeed seed;
    private final Leases leases;
    private final Random random;
    private final KvV1 fixed;

    LeasingEngine(MountSeed seed, Leases leases, Random random) {
        this.seed = seed;
        this.leases = leases;
        this.random = random;
        this.fixed = new KvV1(seed);
    }

    @Override
    public VaultReply answer(VaultRequest request, Token caller) {
        String path = request.path();
        if (request.verb() == VaultRequest.Verb.LIST && path.equals("roles")) {
            return Keys.list(seed.roles().keySet(), "");
        }
        if (!path.startsWith("creds/")) {
            return fixed.answer(request, caller);
        }
        if (request.verb() != VaultRequest.Verb.READ) {
            throw VaultError.unsupported();
        }
        MountSeed.Role role = seed.roles().get(path.substring("creds/".length()));
        if (role == null) {
            throw VaultError.badRequest("unknown role: " + path.substring("creds/".length()));
        }
        Duration ttl = Ttl.parse(role.ttl());
        boolean renewable = role.renewable().orElse(true);
        Optional<Duration> maxTtl = role.maxTtl().map(Ttl::parse);
        Leases.Lease lease = leases.issue(seed.path() + "/" + path, caller, ttl, maxTtl, renewable);
        return VaultReply.leased(fields(role), lease.id, ttl.toSeconds(), renewable);
    }

    private ObjectNode fields(MountSeed.Role role) {
        ObjectNode data = VaultReply.object();
        role.fields().forEach((name, value) -> {
            String text = value;
            while (text.contains(RANDOM)) {
                int at = text.indexOf(RANDOM);
                text = text.substring(0, at) + random.letters(20) + text.substring(at + RANDOM.length());
            }
            data.put(name, text);
        });
        return data;
    }

    @Override
    public ObjectNode describe() {
        return fixed.describe();
    }
}
