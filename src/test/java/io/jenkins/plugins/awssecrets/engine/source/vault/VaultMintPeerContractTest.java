package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Vault or OpenBao, set up through its API, keeps the contract. */
@EnabledIfEnvironmentVariable(named = "AWS_SECRETS_PEER_VAULT", matches = "http.*")
class VaultMintPeerContractTest extends VaultMintContract {
    private static final URI URL = URI.create(environment("AWS_SECRETS_PEER_VAULT", "http://unset.invalid"));
    private static final String ROOT = environment("AWS_SECRETS_PEER_VAULT_TOKEN", "root");
    private static final VaultApi ADMIN = new VaultApi(URL, ROOT);
    private static final String POLICY = """
        path "ssh/sign/*" { capabilities = ["update"] }
        path "pki/issue/*" { capabilities = ["update"] }
        """;

    @BeforeAll
    static void setUp() {
        mount("ssh");
        ADMIN.write("ssh/config/ca", "{\"generate_signing_key\":true,\"key_type\":\"ed25519\"}");
        ADMIN.write(
                "ssh/roles/ci",
                "{\"key_type\":\"ca\",\"allow_user_certificates\":true,\"allowed_users\":\"deploy\",\"ttl\":\"30m\"}");
        mount("pki");
        ADMIN.write("pki/root/generate/internal", "{\"common_name\":\"test\",\"ttl\":\"24h\"}");
        role("ci", "");
        role("leased", ",\"generate_lease\":true");
        role("unstored", ",\"no_store\":true");
        ADMIN.write(
                "sys/policies/acl/mint",
                JsonNodeFactory.instance.objectNode().put("policy", POLICY).toString());
    }

    private static void mount(String engine) {
        ADMIN.status("DELETE", "sys/mounts/" + engine, "");
        ADMIN.write("sys/mounts/" + engine, "{\"type\":\"" + engine + "\"}");
    }

    private static void role(String name, String more) {
        ADMIN.write(
                "pki/roles/" + name,
                "{\"allowed_domains\":\"ci.example\",\"allow_subdomains\":true,\"ttl\":\"30m\"" + more + "}");
    }

    private static String environment(String name, String other) {
        return Optional.ofNullable(System.getenv(name)).orElse(other);
    }

    @Override
    URI url() {
        return URL;
    }

    @Override
    String rootToken() {
        return ROOT;
    }

    @Override
    String mintToken() {
        return ADMIN.write("auth/token/create", "{\"policies\":[\"mint\"],\"ttl\":\"10m\"}")
                .at("/auth/client_token")
                .asText();
    }
}
