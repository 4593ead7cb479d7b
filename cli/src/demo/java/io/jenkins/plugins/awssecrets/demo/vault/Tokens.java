package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens that are good. */
final class Tokens {
    private static final String MADE = "hvs.demo";

    private final Clock clock;
    private final Random random;
    private final Map<String, Token> byId = new HashMap<>();

    Tokens(VaultSeed seed, Clock clock, Random random) {
        this.clock = clock;
        this.random = random;
        add(token(
                seed.rootToken(),
                "",
                "auth/token/root",
                "root",
                List.of("root"),
                Map.of(),
                new VaultSeed.Grant(List.of(), "0", Optional.empty(), Optional.of(false)),
                Optional.empty(),
                Optional.empty()));
        for (VaultSeed.Token each : seed.tokens()) {
            add(token(
                    each.id(),
                    "",
                    "auth/token/create",
                    "token",
                    withDefault(each.grant().policies()),
                    Map.of(),
                    each.grant(),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    /** Of a login. */
    Token issue(
            String namespace,
            String path,
            String displayName,
            Map<String, String> meta,
            VaultSeed.Grant grant,
            Optional<Token.Alias> alias) {
        return issue(namespace, path, displayName, meta, grant, alias, Optional.empty());
    }

    /** Of another token. */
    Token issue(String path, String displayName, VaultSeed.Grant grant, Token caller, boolean orphan) {
        return issue(
                caller.namespace,
                path,
                displayName,
                Map.of(),
                grant,
                caller.alias,
                orphan ? Optional.empty() : Optional.of(caller));
    }

    private Token issue(
            String namespace,
            String path,
            String displayName,
            Map<String, String> meta,
            VaultSeed.Grant grant,
            Optional<Token.Alias> alias,
            Optional<Token> parent) {
        Token token = token(
                MADE + random.letters(88),
                namespace,
                path,
                displayName,
                withDefault(grant.policies()),
                meta,
                grant,
                alias,
                parent);
        add(token);
        return token;
    }

    private static List<String> withDefault(List<String> policies) {
        List<String> all = new ArrayList<>(policies);
        if (!all.contains("default") && !all.contains("root")) {
            all.add(0, "default");
        }
        return all;
    }

    private Token token(
            String id,
            String namespace,
            String path,
            String displayName,
            List<String> policies,
            Map<String, String> meta,
            VaultSeed.Grant grant,
            Optional<Token.Alias> alias,
            Optional<Token> parent) {
        Instant now = clock.instant();
        Optional<Instant> latest = grant.maxTtl().map(Ttl::parse).map(now::plus);
        Duration ttl = Ttl.parse(grant.ttl());
        return new Token(
                id,
                random.letters(24),
                namespace,
                path,
                displayName,
                policies,
                meta,
                grant.renewable().orElse(true),
                now,
                ttl,
                latest,
                alias,
                parent);
    }

    private void add(Token token) {
        byId.put(token.id, token);
    }

    /** A token that is known and not over. */
    Optional<Token> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(this::lives);
    }

    Optional<Token> ofAccessor(String accessor) {
        return byId.values().stream()
                .filter(t -> t.accessor.equals(accessor))
                .findFirst()
                .filter(this::lives);
    }

    /** A token ends with its parent. */
    private boolean lives(Token token) {
        return !token.isOver(clock.instant())
                && token.parent.filter(p -> find(p.id).isEmpty()).isEmpty();
    }

    void renew(Token token, Optional<Duration> increment) {
        if (!token.renewable || token.expires.isEmpty()) {
            throw VaultError.badRequest("lease is not renewable");
        }
        Instant end = clock.instant().plus(increment.filter(i -> !i.isZero()).orElse(token.ttl));
        token.renewed = Optional.of(clock.instant());
        token.expires = Optional.of(token.latest.filter(end::isAfter).orElse(end));
    }

    void revoke(Token token) {
        byId.remove(token.id);
    }
}
