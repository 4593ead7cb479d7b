package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.MountSeed;
import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A namespace: its engines, auth methods and policies. */
final class Namespace {
    private final Policies policies;
    private final Map<String, Engine> engines = new TreeMap<>();
    private final Map<String, Logins> logins = new TreeMap<>();

    Namespace(String path, VaultSeed.Namespace seed, Vault vault) {
        this.policies = new Policies(seed.policies());
        seed.mounts().forEach(mount -> engines.put(mount.path(), engine(mount, vault)));
        seed.auth().forEach(auth -> logins.put(auth.path(), new Logins(auth, vault.tokens(), path, vault.awsLogin())));
    }

    private static Engine engine(MountSeed mount, Vault vault) {
        if (mount.isVersioned()) {
            return new KvV2(mount, vault.clock());
        }
        if (mount.roles().isEmpty()) {
            return new KvV1(mount);
        }
        return switch (mount.type()) {
            case "ssh" -> new SshEngine(mount, vault.clock());
            case "pki" -> new PkiEngine(mount, vault.leases(), vault.clock());
            default -> new LeasingEngine(mount, vault.leases(), vault.random());
        };
    }

    Policies policies() {
        return policies;
    }

    Optional<Engine> engine(String mount) {
        return Optional.ofNullable(engines.get(mount));
    }

    /** The mount that a path is below; the longest where several fit. */
    Optional<String> mountOf(String path) {
        return longest(engines, path);
    }

    Optional<Logins> logins(String mount) {
        return Optional.ofNullable(logins.get(mount));
    }

    /** The auth mount that a path without {@code auth/} is below. */
    Optional<String> authMountOf(String path) {
        return longest(logins, path);
    }

    private static Optional<String> longest(Map<String, ?> mounts, String path) {
        return mounts.keySet().stream()
                .filter(mount -> path.equals(mount) || path.startsWith(mount + "/"))
                .reduce((a, b) -> a.length() > b.length() ? a : b);
    }

    /** The mounts that the token may see, in the form of {@code sys/mounts}. */
    ObjectNode secretMounts(Token caller) {
        ObjectNode node = VaultReply.object();
        engines.forEach((path, engine) -> {
            if (policies.sees(caller, path + "/")) {
                node.set(path + "/", described(path, engine));
            }
        });
        return node;
    }

    ObjectNode authMounts(Token caller) {
        ObjectNode node = VaultReply.object();
        logins.forEach((path, login) -> {
            if (policies.sees(caller, "auth/" + path + "/")) {
                node.putObject(path + "/")
                        .put("type", login.type())
                        .put("accessor", login.accessor())
                        .put("description", "");
            }
        });
        return node;
    }

    /** One mount, in the form of {@code sys/internal/ui/mounts/<path>}. */
    ObjectNode described(String path, Engine engine) {
        ObjectNode node = engine.describe();
        String type = node.get("type").asText();
        return node.put("accessor", type + "_" + Integer.toHexString(path.hashCode()))
                .put("description", "")
                .put("local", false)
                .put("path", path + "/")
                .put("seal_wrap", false);
    }
}
