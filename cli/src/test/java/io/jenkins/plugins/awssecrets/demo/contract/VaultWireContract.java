package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.VaultHttp;
import io.jenkins.plugins.awssecrets.demo.VaultHttp.Answer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statuses and shapes as they are on the wire, below what a source makes of them. */
@Timeout(120)
abstract class VaultWireContract {
    private VaultPeer peer;
    private VaultHttp root;
    private VaultHttp ci;

    abstract VaultPeer start();

    @BeforeEach
    void connect() {
        peer = start();
        root = peer.root();
        ci = root.as(peer.token());
    }

    @AfterEach
    void disconnect() {
        peer.close();
    }

    private static void assertError(Answer answer, int status, String text) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).contains(text);
    }

    private static void assertNothing(Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("errors")).isEmpty();
        assertThat(answer.body().has("errors")).isTrue();
    }

    @Test
    void refusalsOfTokens() {
        VaultHttp nobody = new VaultHttp(peer.address(), Optional.empty());

        assertError(nobody.get(peer.versioned() + "/data/a"), 403, "permission denied");
        assertError(root.as("hvs.forged").get(peer.versioned() + "/data/a"), 403, "invalid token");
        assertError(root.as("hvs.forged").get("auth/token/lookup-self"), 403, "permission denied");
        assertError(ci.get(peer.versioned() + "/data/a"), 403, "permission denied");
        assertError(ci.get("sys/mounts"), 403, "permission denied");
        assertError(ci.get("no-such-mount/a"), 403, "permission denied");
        assertError(nobody.post("auth/no-such-mount/login", "{}"), 403, "permission denied");
    }

    @Test
    void whatIsNotThere() {
        assertNothing(root.get(peer.versioned() + "/data/none"));
        assertNothing(root.get(peer.versioned() + "/metadata/none"));
        assertNothing(root.list(peer.versioned() + "/metadata/none"));
        assertNothing(root.get(peer.plain() + "/none"));
        assertNothing(root.list(peer.plain() + "/none"));
        assertError(root.get("no-such-mount/a"), 404, "no handler for route");
    }

    @Test
    void aVersionedMountReadByThePathOfAPlainOne() {
        Answer answer = root.get(peer.versioned() + "/a");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("warnings").path(0).asText())
                .startsWith("Invalid path for a versioned K/V secrets engine.");
    }

    @Test
    void aVersionsMetadata() {
        Answer written = root.post(peer.versioned() + "/data/a", "{\"data\":{\"k\":\"v\"}}");
        root.post(peer.versioned() + "/metadata/a", "{\"custom_metadata\":{\"x\":\"y\"}}");
        Answer read = root.get(peer.versioned() + "/data/a");

        assertThat(written.data().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("created_time", "custom_metadata", "deletion_time", "destroyed", "version");
        assertThat(read.data().path("metadata").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("created_time", "custom_metadata", "deletion_time", "destroyed", "version");
        assertThat(read.data().at("/metadata/custom_metadata/x").asText()).isEqualTo("y");
        assertThat(root.get(peer.versioned() + "/metadata/a")
                        .data()
                        .at("/versions/1")
                        .fieldNames())
                .toIterable()
                .contains("created_time", "deletion_time", "destroyed");
    }

    @Test
    void aDeletedVersion() {
        root.post(peer.versioned() + "/data/a", "{\"data\":{\"k\":\"v\"}}");
        assertThat(root.send("DELETE", peer.versioned() + "/data/a", "").status())
                .isEqualTo(204);
        Answer deleted = root.get(peer.versioned() + "/data/a");

        assertThat(deleted.status()).isEqualTo(404);
        assertThat(deleted.data().path("data").isNull()).isTrue();
        assertThat(deleted.data().at("/metadata/deletion_time").asText()).isNotEmpty();
        assertThat(deleted.data().at("/metadata/destroyed").asBoolean()).isFalse();

        root.post(peer.versioned() + "/destroy/a", "{\"versions\":[1]}");
        Answer destroyed = root.get(peer.versioned() + "/data/a?version=1");

        assertThat(destroyed.status()).isEqualTo(404);
        assertThat(destroyed.data().at("/metadata/destroyed").asBoolean()).isTrue();
    }

    @Test
    void bothWaysToList() {
        root.post(peer.versioned() + "/data/folder/a", "{\"data\":{\"k\":\"v\"}}");
        root.post(peer.versioned() + "/data/b", "{\"data\":{\"k\":\"v\"}}");

        assertThat(root.list(peer.versioned() + "/metadata").data().toString())
                .isEqualTo("{\"keys\":[\"b\",\"folder/\"]}");
        assertThat(root.get(peer.versioned() + "/metadata/?list=true").data().toString())
                .isEqualTo("{\"keys\":[\"b\",\"folder/\"]}");
    }

    @Test
    void aMountByAPathBelowIt() {
        Answer versioned = ci.get("sys/internal/ui/mounts/" + peer.versioned() + "/allowed/x");
        Answer plain = ci.get("sys/internal/ui/mounts/" + peer.plain() + "/allowed/x");

        assertThat(versioned.data().path("path").asText()).isEqualTo(peer.versioned() + "/");
        assertThat(versioned.data().path("type").asText()).isEqualTo("kv");
        assertThat(versioned.data().at("/options/version").asText()).isEqualTo("2");
        assertThat(plain.data().at("/options/version").asText()).isEqualTo("1");
        assertError(ci.get("sys/internal/ui/mounts/no-such-mount/x"), 403, "preflight capability check returned 403");
    }

    @Test
    void theMountsThatATokenSees() {
        Answer seen = ci.get("sys/internal/ui/mounts");

        assertThat(seen.data().path("secret").has(peer.versioned() + "/")).isTrue();
        assertThat(root.get("sys/mounts")
                        .data()
                        .at("/" + peer.plain() + "~1/options/version")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void aTokensOwnPaths() {
        Answer self = ci.get("auth/token/lookup-self");

        assertThat(self.status()).isEqualTo(200);
        assertThat(self.data().fieldNames())
                .toIterable()
                .contains("accessor", "creation_ttl", "expire_time", "id", "policies", "renewable", "ttl", "type");
        assertThat(self.data().path("renewable").asBoolean()).isTrue();
        assertThat(ci.post("auth/token/renew-self", "{}").body().path("auth").fieldNames())
                .toIterable()
                .contains("client_token", "accessor", "lease_duration", "renewable", "policies", "token_type");
        assertError(root.post("auth/token/renew-self", "{}"), 400, "lease is not renewable");
        assertThat(ci.post("auth/token/revoke-self", "").status()).isEqualTo(204);
        assertThat(ci.get("auth/token/lookup-self").status()).isEqualTo(403);
    }

    @Test
    void leasesThatAreNotThere() {
        String lease = "{\"lease_id\":\"no/such/lease\"}";

        assertError(root.send("PUT", "sys/leases/renew", lease), 400, "lease not found");
        assertError(root.send("PUT", "sys/leases/lookup", lease), 400, "invalid lease");
        assertThat(root.send("PUT", "sys/leases/revoke", lease).status()).isEqualTo(204);
        assertError(ci.send("PUT", "sys/leases/renew", "{}"), 400, "");
        assertNothing(root.list("sys/leases/lookup/no/such"));
    }

    @Test
    void aWrappingTokenIsGoodOnce() {
        Answer wrapped = root.send("GET", "auth/token/lookup-self", "", "X-Vault-Wrap-TTL", "60s");
        VaultHttp wrapping = root.as(wrapped.body().at("/wrap_info/token").asText());

        assertThat(wrapped.body().path("data").isNull()).isTrue();
        assertThat(wrapped.body().at("/wrap_info/ttl").asInt()).isEqualTo(60);
        assertThat(wrapped.body().at("/wrap_info/creation_path").asText()).isEqualTo("auth/token/lookup-self");
        assertThat(wrapping.post("sys/wrapping/unwrap", "")
                        .data()
                        .path("policies")
                        .path(0)
                        .asText())
                .isEqualTo("root");
        assertError(wrapping.post("sys/wrapping/unwrap", ""), 400, "wrapping token is not valid or does not exist");
    }

    @Test
    void health() {
        Answer health = new VaultHttp(peer.address(), Optional.empty()).get("sys/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().path("sealed").asBoolean()).isFalse();
        assertThat(health.body().path("standby").asBoolean()).isFalse();
        assertThat(health.body().path("version").asText()).isNotEmpty();
    }
}
