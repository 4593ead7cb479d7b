package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code auth/token/}: looking up, renewing, revoking and creating tokens. */
final class TokenPaths {
    private final Vault vault;

    TokenPaths(Vault vault) {
        this.vault = vault;
    }

    /** @param request its path is below {@code auth/token/} */
    VaultReply answer(VaultRequest request, Token caller) {
        Instant now = vault.clock().instant();
        return switch (request.path()) {
            case "lookup-self" -> VaultReply.data(caller.describe(now));
            case "renew-self" -> {
                vault.tokens().renew(caller, request.text("increment").map(Ttl::parse));
                yield VaultReply.auth(caller.auth(now));
            }
            case "revoke-self" -> revoke(caller);
            case "lookup" -> VaultReply.data(named(request).describe(now));
            case "revoke" -> revoke(named(request));
            case "create", "create-orphan" -> create(request, caller);
            default -> throw VaultError.of(404, "1 error occurred:\n\t* unsupported path\n\n");
        };
    }

    private Token named(VaultRequest request) {
        return request.text("token").flatMap(vault.tokens()::find).orElseThrow(() -> VaultError.of(403, "bad token"));
    }

    private VaultReply revoke(Token token) {
        vault.leases().revokeOf(token);
        vault.tokens().revoke(token);
        return VaultReply.none();
    }

    private VaultReply create(VaultRequest request, Token caller) {
        List<String> policies = new ArrayList<>();
        request.body().path("policies").forEach(p -> policies.add(p.asText()));
        VaultSeed.Grant grant = new VaultSeed.Grant(
                policies.isEmpty() ? caller.policies : policies,
                request.text("ttl").orElse(null),
                request.text("explicit_max_ttl"),
                request.text("renewable").map(Boolean::parseBoolean));
        Token token = vault.tokens().issue(request.namespace(), "auth/token/create", "token", Map.of(), grant);
        return VaultReply.auth(token.auth(vault.clock().instant()));
    }
}
