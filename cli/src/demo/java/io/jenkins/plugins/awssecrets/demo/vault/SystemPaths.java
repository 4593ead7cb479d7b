package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** {@code sys/}: mounts, leases, capabilities. */
final class SystemPaths {
    private static final String VISIBLE_MOUNTS = "sys/internal/ui/mounts";

    private final Vault vault;

    SystemPaths(Vault vault) {
        this.vault = vault;
    }

    /** @param request its path is below {@code sys/} */
    VaultReply answer(VaultRequest request, Namespace namespace, Token caller) {
        String path = request.path();
        if (path.startsWith("leases/lookup") && request.verb() == VaultRequest.Verb.LIST) {
            return vault.leases().list(request.below("leases/lookup").path());
        }
        if (path.startsWith("leases/")) {
            String operation = path.split("/")[1];
            VaultRequest lease = request.below("leases/" + operation);
            return switch (operation) {
                case "renew" -> vault.leases().renew(lease);
                case "revoke" -> vault.leases().revoke(lease);
                case "lookup" -> vault.leases().lookup(lease);
                default -> throw VaultError.unsupported();
            };
        }
        return switch (path) {
            case "mounts" -> VaultReply.data(namespace.secretMounts(caller));
            case "auth" -> VaultReply.data(namespace.authMounts(caller));
            case "capabilities-self" -> capabilities(request, namespace, caller);
            default -> throw VaultError.of(404, "1 error occurred:\n\t* unsupported path\n\n");
        };
    }

    private static VaultReply capabilities(VaultRequest request, Namespace namespace, Token caller) {
        ObjectNode data = VaultReply.object();
        request.body().path("paths").forEach(path -> {
            Set<String> granted = namespace.policies().capabilities(caller, path.asText());
            granted.forEach(data.withArrayProperty(path.asText())::add);
            ArrayNode last = data.putArray("capabilities");
            granted.forEach(last::add);
        });
        return VaultReply.data(data);
    }

    /** {@code sys/internal/ui/mounts}, which shows any token the mounts that it can do something with. */
    VaultReply visibleMounts(VaultRequest request, Namespace namespace, Token caller) {
        if (request.path().equals(VISIBLE_MOUNTS)) {
            ObjectNode data = VaultReply.object();
            data.set("auth", namespace.authMounts(caller));
            data.set("secret", namespace.secretMounts(caller));
            return VaultReply.data(data);
        }
        String path = request.below(VISIBLE_MOUNTS).path();
        String mount = namespace
                .mountOf(path)
                .filter(m -> namespace.policies().sees(caller, m + "/"))
                .orElseThrow(() -> VaultError.of(
                        403,
                        "preflight capability check returned 403, please ensure client's policies grant access to path \""
                                + path + "/\""));
        return VaultReply.data(
                namespace.described(mount, namespace.engine(mount).orElseThrow()));
    }
}
