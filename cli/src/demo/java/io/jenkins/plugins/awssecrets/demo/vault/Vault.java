package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the parts of a Vault share. */
final class Vault {
    private final Clock clock;
    private final Random random = new Random();
    private final Tokens tokens;
    private final Map<String, VaultSeed.TokenRole> tokenRoles;
    private final Leases leases;
    private final Wrapping wrapping;
    private final AwsLogin awsLogin;
    private final Map<String, Namespace> namespaces = new TreeMap<>();

    Vault(VaultSeed seed, AccessKeys keys, Clock clock) {
        this.clock = clock;
        this.tokens = new Tokens(seed, clock, random);
        this.tokenRoles = seed.tokenRoles();
        this.leases = new Leases(clock, random);
        this.wrapping = new Wrapping(seed.wrapped(), clock, random);
        this.awsLogin = new AwsLogin(keys);
        namespaces.put("", new Namespace("", seed.root(), this));
        seed.namespaces().forEach((path, namespace) -> namespaces.put(path, new Namespace(path, namespace, this)));
    }

    Clock clock() {
        return clock;
    }

    Random random() {
        return random;
    }

    Tokens tokens() {
        return tokens;
    }

    Optional<VaultSeed.TokenRole> tokenRole(String name) {
        return Optional.ofNullable(tokenRoles.get(name));
    }

    Leases leases() {
        return leases;
    }

    Wrapping wrapping() {
        return wrapping;
    }

    AwsLogin awsLogin() {
        return awsLogin;
    }

    Optional<Namespace> namespace(String path) {
        return Optional.ofNullable(namespaces.get(path));
    }

    /** The namespace that a path begins with, where a client writes it there in place of the header. */
    Optional<String> namespaceIn(String path) {
        return namespaces.keySet().stream()
                .filter(n -> !n.isEmpty() && path.startsWith(n + "/"))
                .reduce((a, b) -> a.length() > b.length() ? a : b);
    }
}
