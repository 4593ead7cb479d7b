package io.jenkins.plugins.awssecrets.demo.vault;

import java.util.Locale;

/** The names by which requests are recorded and faults are injected. */
final class Operations {
    private Operations() {}

    static String name(VaultRequest.Verb verb, String path) {
        if (path.startsWith("auth/token/")) {
            String operation = path.substring("auth/token/".length());
            return operation.endsWith("-self") ? operation : "token";
        }
        if (path.startsWith("auth/")) {
            return path.matches("auth/.+/login(/[^/]+)?") ? "login" : verbName(verb);
        }
        if (path.startsWith("sys/leases/")) {
            return "lease-" + path.split("/")[2];
        }
        if (path.equals("sys/mounts") || path.startsWith("sys/internal/ui/mounts")) {
            return "mounts";
        }
        if (path.equals("sys/health")) {
            return "health";
        }
        if (path.equals("sys/wrapping/unwrap")) {
            return "unwrap";
        }
        return path.startsWith("sys/") ? "sys" : verbName(verb);
    }

    private static String verbName(VaultRequest.Verb verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }
}
