package io.jenkins.plugins.awssecrets.demo.vault;

import java.util.Optional;

/** From a request to what answers it: logins without a token, then the token, its policies, and the path. */
final class Router {
    private final Vault vault;
    private final SystemPaths system;
    private final TokenPaths tokens;

    Router(Vault vault) {
        this.vault = vault;
        this.system = new SystemPaths(vault);
        this.tokens = new TokenPaths(vault);
    }

    VaultReply answer(VaultRequest request) {
        Namespace namespace =
                vault.namespace(request.namespace()).orElseThrow(() -> VaultError.of(404, "namespace not found"));
        Optional<VaultReply> open = withoutToken(request, namespace);
        VaultReply reply = open.isPresent() ? open.get() : withToken(request, namespace);
        return request.wrapTtl()
                .filter(ttl -> !request.path().startsWith("sys/wrapping/"))
                .map(ttl -> vault.wrapping().wrap(reply, request.path(), ttl))
                .orElse(reply);
    }

    private Optional<VaultReply> withoutToken(VaultRequest request, Namespace namespace) {
        if (request.path().equals("sys/wrapping/unwrap")) {
            return Optional.of(vault.wrapping().unwrap(request));
        }
        if (request.path().equals("sys/wrapping/lookup")) {
            return Optional.of(vault.wrapping().lookup(request));
        }
        if (!request.path().startsWith("auth/") || request.verb() != VaultRequest.Verb.WRITE) {
            return Optional.empty();
        }
        VaultRequest auth = request.below("auth");
        return namespace
                .authMountOf(auth.path())
                .filter(mount -> auth.below(mount).path().matches("login(/.*)?"))
                .map(mount -> namespace
                        .logins(mount)
                        .orElseThrow()
                        .login(auth.below(mount), vault.clock().instant()));
    }

    private VaultReply withToken(VaultRequest request, Namespace namespace) {
        String id =
                request.token().filter(t -> !t.isEmpty()).orElseThrow(() -> VaultError.of(403, "permission denied"));
        Token caller = vault.tokens()
                .find(id)
                .filter(t -> t.namespace.equals(request.namespace()) || t.isRoot() && t.namespace.isEmpty())
                .orElseThrow(VaultError::invalidToken);
        if (request.path().startsWith("sys/internal/ui/mounts")) {
            return system.visibleMounts(request, namespace, caller);
        }
        if (!namespace.policies().allow(caller, request.verb(), request.path())) {
            throw VaultError.denied();
        }
        if (request.path().startsWith("sys/")) {
            return system.answer(request.below("sys"), namespace, caller);
        }
        if (request.path().startsWith("auth/token/")) {
            return tokens.answer(request.below("auth/token"), namespace.policies(), caller);
        }
        String mount = namespace.mountOf(request.path()).orElseThrow(() -> noRoute(request));
        return namespace.engine(mount).orElseThrow().answer(request.below(mount), caller);
    }

    private static VaultError noRoute(VaultRequest request) {
        return VaultError.of(404, "no handler for route \"" + request.path() + "\". route entry not found.");
    }
}
