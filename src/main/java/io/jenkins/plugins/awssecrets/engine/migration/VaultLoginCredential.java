package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** A credential of the Vault plugin's that logs in to Vault. */
final class VaultLoginCredential {
    private static final Set<String> KINDS = Set.of(
            "vaultTokenCredential",
            "vaultTokenFileCredential",
            "vaultAppRoleCredential",
            "vaultKubernetesCredential",
            "vaultAwsIamCredential",
            "vaultGithubTokenCredential",
            "vaultGCPCredential");

    private final String kind;
    private final Original settings;
    private boolean used;

    VaultLoginCredential(String kind, Original settings) {
        this.kind = kind;
        this.settings = settings;
    }

    static boolean knows(String kind) {
        return KINDS.contains(kind);
    }

    boolean is(String id) {
        return settings.text("id").filter(id::equals).isPresent();
    }

    /** Gives the source its {@code auth}. */
    void into(ObjectNode source) {
        used = true;
        switch (kind) {
            case "vaultTokenCredential" ->
                auth(source, "token")
                        .put("token", settings.secret("token", "VAULT_TOKEN").orElse("${VAULT_TOKEN}"));
            case "vaultTokenFileCredential" ->
                settings.text("filepath")
                        .ifPresent(file -> auth(source, "token").put("tokenFile", file));
            case "vaultAppRoleCredential" -> {
                ObjectNode auth = auth(source, "appRole");
                settings.text("roleId").ifPresent(role -> auth.put("roleId", role));
                auth.put(
                        "secretId",
                        settings.secret("secretId", "VAULT_SECRET_ID").orElse("${VAULT_SECRET_ID}"));
                mount(auth, "path", "approle");
            }
            case "vaultKubernetesCredential" -> {
                ObjectNode auth = auth(source, "kubernetes");
                settings.text("role").ifPresent(role -> auth.put("role", role));
                mount(auth, "mountPath", "kubernetes");
            }
            case "vaultAwsIamCredential" -> {
                ObjectNode auth = auth(source, "awsIam");
                settings.text("role").ifPresent(role -> auth.put("role", role));
                settings.text("serverId").ifPresent(id -> auth.put("serverId", id));
                mount(auth, "mountPath", "aws");
            }
            default -> settings.leftOut("", "this authentication method does not exist here; configure another auth");
        }
        namespace(source);
        settings.needless(
                "id", "description", "scope", "usePolicies", "accessToken", "role", "audience", "mountPath", "path");
        settings.end();
    }

    /** Tells of a login that no configuration of the files names, as a folder's or a job's may. */
    void endUnused() {
        if (!used) {
            settings.leftOut(
                    "", "no configuration here authenticates with it; where another does, give its source auth");
        }
    }

    private static ObjectNode auth(ObjectNode source, String method) {
        return source.putObject("auth").putObject(method);
    }

    private void mount(ObjectNode auth, String key, String usual) {
        settings.text(key)
                .map(mount -> mount.replaceAll("^/+|/+$", ""))
                .filter(mount -> !mount.equals(usual))
                .ifPresent(mount -> auth.put("mount", mount));
    }

    private void namespace(ObjectNode source) {
        Optional<String> own = settings.text("namespace");
        if (own.isPresent() && !own.get().equals(source.path("namespace").asText())) {
            settings.leftOut("namespace", "a source authenticates in the namespace that it reads from");
        }
    }
}
