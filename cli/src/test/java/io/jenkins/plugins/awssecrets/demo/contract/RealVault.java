package io.jenkins.plugins.awssecrets.demo.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.demo.VaultHttp;
import io.jenkins.plugins.awssecrets.demo.VaultHttp.Answer;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A Vault or OpenBao server in development mode, in which each instance has mounts and a login of its own. */
final class RealVault implements VaultPeer {
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final VaultHttp root;
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final Optional<String> leased;
    private final String roleId;
    private final List<String> enabled = new ArrayList<>();

    /** @param aws an AWS for the engine that makes IAM users; without one there are no leases */
    RealVault(URI address, String rootToken, Optional<URI> aws) {
        this.address = address;
        this.root = new VaultHttp(address, Optional.of(rootToken));
        post("sys/mounts/" + versioned(), Map.of("type", "kv", "options", Map.of("version", "2")));
        post("sys/mounts/" + plain(), Map.of("type", "kv", "options", Map.of("version", "1")));
        awaitUpgrade();
        this.leased = aws.filter(this::mountsAws).map(endpoint -> "aws-" + id + "/creds/deploy");
        post("sys/policies/acl/ci-" + id, Map.of("policy", policy()));
        this.roleId = enableAppRole();
    }

    /** A new mount of version 2 answers 400 for the moment that it takes to set itself up. */
    private void awaitUpgrade() {
        for (int i = 0; i < 1000; i++) {
            if (root.get(versioned() + "/config").status() == 200) {
                return;
            }
        }
        throw new IllegalStateException("the mount " + versioned() + " does not get ready");
    }

    /** @return whether the server has the engine: OpenBao has it as a plugin apart */
    private boolean mountsAws(URI endpoint) {
        if (root.post("sys/mounts/aws-" + id, "{\"type\":\"aws\"}").status() != 204) {
            return false;
        }
        post(
                "aws-" + id + "/config/root",
                Map.of(
                        "access_key", "AKIAADMIN",
                        "secret_key", "any",
                        "region", "us-east-1",
                        "iam_endpoint", endpoint,
                        "sts_endpoint", endpoint));
        post("aws-" + id + "/config/lease", Map.of("lease", "1h", "lease_max", "2h"));
        post(
                "aws-" + id + "/roles/deploy",
                Map.of(
                        "credential_type",
                        "iam_user",
                        "policy_document",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ssm:*\",\"Resource\":\"*\"}]}"));
        return true;
    }

    private String policy() {
        return """
                path "%1$s/data/allowed/*" { capabilities = ["read"] }
                path "%1$s/metadata/allowed/*" { capabilities = ["read", "list"] }
                path "%2$s/allowed/*" { capabilities = ["read", "list"] }
                path "aws-%3$s/creds/deploy" { capabilities = ["read"] }
                path "sys/leases/revoke" { capabilities = ["update"] }
                """.formatted(versioned(), plain(), id);
    }

    /** @return the id of the AppRole */
    private String enableAppRole() {
        List<String> policies = List.of("ci-" + id);
        post("sys/auth/approle-" + id, Map.of("type", "approle"));
        post("auth/approle-" + id + "/role/ci", Map.of("token_policies", policies, "token_ttl", "1h"));
        return root.get("auth/approle-" + id + "/role/ci/role-id")
                .data()
                .path("role_id")
                .asText();
    }

    /** Enables a login method at {@link #mount}. */
    void enable(String method) {
        post("sys/auth/" + mount(method), Map.of("type", method));
        enabled.add(mount(method));
    }

    /** The mount of a login method, this instance's own. */
    String mount(String method) {
        return method + "-" + id;
    }

    /** The policy that lets everything below {@code allowed/} be read. */
    String policyName() {
        return "ci-" + id;
    }

    private Answer post(String path, Map<String, ?> body) {
        Answer answer = root.post(path, json.valueToTree(body).toString());
        if (answer.status() >= 300) {
            throw new IllegalStateException(path + " is refused: " + answer);
        }
        return answer;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public VaultHttp root() {
        return root;
    }

    @Override
    public String versioned() {
        return "versioned-" + id;
    }

    @Override
    public String plain() {
        return "plain-" + id;
    }

    @Override
    public Optional<String> leased() {
        return leased;
    }

    @Override
    public String token() {
        return post("auth/token/create", Map.of("policies", List.of("ci-" + id), "ttl", "1h"))
                .body()
                .at("/auth/client_token")
                .asText();
    }

    @Override
    public VaultLogin appRole() {
        String secretId = post("auth/approle-" + id + "/role/ci/secret-id", Map.of())
                .data()
                .path("secret_id")
                .asText();
        return new VaultLogin.AppRole(
                "approle-" + id, roleId, Optional.of(TextOrFile.of(SecretValue.of(secretId))), false);
    }

    /** Takes the mounts away, and with them their leases. */
    @Override
    public void close() {
        for (String mount : List.of("mounts/" + versioned(), "mounts/" + plain(), "mounts/aws-" + id)) {
            root.send("DELETE", "sys/" + mount, "");
        }
        root.send("DELETE", "sys/auth/approle-" + id, "");
        enabled.forEach(mount -> root.send("DELETE", "sys/auth/" + mount, ""));
    }
}
