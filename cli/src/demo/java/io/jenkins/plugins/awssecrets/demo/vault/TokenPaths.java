package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code auth/token/}: looking up, renewing, revoking and creating tokens. */
final class TokenPaths {
    private final Vault vault;

    TokenPaths(Vault vault) {
        this.vault = vault;
    }

    /** @param request its path is below {@code auth/token/} */
    VaultReply answer(VaultRequest request, Policies acl, Token caller) {
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
            case "revoke-accessor" -> revoke(ofAccessor(request));
            case "lookup-accessor" -> VaultReply.data(ofAccessor(request).describe(now));
            case "create", "create-orphan" -> {
                boolean sudo = acl.capabilities(caller, "auth/token/" + request.path()).stream()
                        .anyMatch(capability -> capability.equals("sudo") || capability.equals("root"));
                if (!sudo && !caller.policies.containsAll(policies(request))) {
                    throw VaultError.badRequest("child policies must be subset of parent");
                }
                yield create(request, caller, request.path().equals("create-orphan"));
            }
            default -> ofRole(request, caller);
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

    private Token ofAccessor(VaultRequest request) {
        return request.text("accessor")
                .flatMap(vault.tokens()::ofAccessor)
                .orElseThrow(() -> VaultError.of(403, "invalid accessor"));
    }

    private VaultReply ofRole(VaultRequest request, Token caller) {
        if (!request.path().startsWith("create/")) {
            throw VaultError.of(404, "1 error occurred:\n\t* unsupported path\n\n");
        }
        String name = request.below("create").path();
        VaultSeed.TokenRole role =
                vault.tokenRole(name).orElseThrow(() -> VaultError.badRequest("unknown role " + name));
        List<String> allowed = role.allowedPoliciesGlob();
        if (!policies(request).stream().allMatch(policy -> allowed.stream().anyMatch(glob -> fits(glob, policy)))) {
            throw VaultError.badRequest("token policies (" + policies(request)
                    + ") must be subset of the role's allowed policies ([]) or glob policies (" + allowed + ")");
        }
        return create(request, caller, role.orphan());
    }

    private static boolean fits(String glob, String policy) {
        return glob.endsWith("*")
                ? policy.startsWith(glob.substring(0, glob.length() - 1))
                : policy.equals(glob) || policy.equals("default");
    }

    /** In lower case, as Vault writes them. */
    private static List<String> policies(VaultRequest request) {
        List<String> policies = new ArrayList<>();
        request.body().path("policies").forEach(p -> policies.add(p.asText().toLowerCase(Locale.ROOT)));
        return policies;
    }

    private VaultReply create(VaultRequest request, Token caller, boolean orphan) {
        List<String> policies = policies(request);
        VaultSeed.Grant grant = new VaultSeed.Grant(
                policies.isEmpty() ? caller.policies : policies,
                request.text("ttl").orElse(null),
                request.text("explicit_max_ttl"),
                request.text("renewable").map(Boolean::parseBoolean));
        String displayName = request.text("display_name")
                .map(name -> ("token-" + name).replaceAll("[^a-zA-Z0-9-]", "-").replaceAll("-+$", ""))
                .orElse("token");
        Token token = vault.tokens().issue("auth/token/" + request.path(), displayName, grant, caller, orphan);
        return VaultReply.auth(token.auth(vault.clock().instant()));
    }
}
