package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultKvDemoTest {
    private static final Seed SEED = Seed.parse("""
            vault:
              tokens:
                - { id: reader-token, policies: [reader] }
              policies:
                reader:
                  - { path: secret/data/ci/*, capabilities: [read] }
                  - { path: secret/data/ci/forbidden, capabilities: [deny] }
                  - { path: secret/metadata/+/list, capabilities: [list] }
              mounts:
                - path: secret
                  secrets:
                    - path: ci/db
                      data: { username: orders, password: third }
                      metadata: { "jenkins:credentials:type": database }
                      versions:
                        - { data: { password: first }, destroyed: true }
                        - { data: { password: second }, deleted: true }
                    - { path: ci/forbidden, data: { a: b } }
                    - { path: prod/db, data: { a: b } }
                - path: old
                  version: 1
                  secrets:
                    - { path: ci/db, data: { password: plain } }
                - path: pki
                  type: pki
                  secrets:
                    - { path: cert/ca, data: { certificate: made-up } }
              namespaces:
                team:
                  mounts:
                    - { path: secret, secrets: [{ path: own, data: { a: team } }] }
            """);

    private final DemoBackends backends = DemoBackends.start(SEED);
    private final VaultHttp root = new VaultHttp(backends.vault(), Optional.of("demo-root-token"));
    private final VaultHttp reader = root.as("reader-token");

    @AfterEach
    void stop() {
        backends.close();
    }

    private Vault driver(int version, String token) throws VaultException {
        return Vault.create(
                new VaultConfig()
                        .address(backends.vault().toString())
                        .token(token)
                        .engineVersion(version)
                        .build(),
                version);
    }

    @Test
    void theDriverReadsBothVersions() throws VaultException {
        assertThat(driver(2, "demo-root-token").logical().read("secret/ci/db").getData())
                .isEqualTo(Map.of("username", "orders", "password", "third"));
        assertThat(driver(1, "demo-root-token").logical().read("old/ci/db").getData())
                .isEqualTo(Map.of("password", "plain"));
        assertThat(driver(1, "demo-root-token").logical().read("pki/cert/ca").getData())
                .isEqualTo(Map.of("certificate", "made-up"));
    }

    @Test
    void theDriverWritesAndLists() throws VaultException {
        LogicalResponse written = driver(2, "demo-root-token").logical().write("secret/new/one", Map.of("a", "b"));

        assertThat(written.getRestResponse().getStatus()).isEqualTo(200);
        assertThat(driver(2, "demo-root-token").logical().list("secret").getListData())
                .containsExactly("ci/", "new/", "prod/");
        assertThat(root.get("secret/data/new/one")
                        .data()
                        .at("/metadata/version")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void versionsAreReadAndWhatIsGoneIsTold() {
        VaultHttp.Answer newest = root.get("secret/data/ci/db");
        VaultHttp.Answer deleted = root.get("secret/data/ci/db?version=2");
        VaultHttp.Answer destroyed = root.get("secret/data/ci/db?version=1");

        assertThat(newest.data().at("/metadata/version").asInt()).isEqualTo(3);
        assertThat(newest.data()
                        .at("/metadata/custom_metadata/jenkins:credentials:type")
                        .asText())
                .isEqualTo("database");
        assertThat(deleted.status()).isEqualTo(404);
        assertThat(deleted.data().path("data").isNull()).isTrue();
        assertThat(deleted.data().at("/metadata/deletion_time").asText()).isNotEmpty();
        assertThat(destroyed.status()).isEqualTo(404);
        assertThat(destroyed.data().at("/metadata/destroyed").asBoolean()).isTrue();
        assertThat(root.get("secret/data/ci/db?version=9").body().toString()).isEqualTo("{\"errors\":[]}");
    }

    @Test
    void deletingUndeletingAndDestroyingFollowOneAnother() {
        root.send("DELETE", "secret/data/prod/db", "");
        assertThat(root.get("secret/data/prod/db").status()).isEqualTo(404);
        root.post("secret/undelete/prod/db", "{\"versions\":[1]}");
        assertThat(root.get("secret/data/prod/db").status()).isEqualTo(200);
        root.post("secret/destroy/prod/db", "{\"versions\":[1]}");
        assertThat(root.get("secret/metadata/prod/db")
                        .data()
                        .at("/versions/1/destroyed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void bothWaysOfListingGiveTheSame() {
        assertThat(root.list("secret/metadata/ci").data())
                .isEqualTo(root.get("secret/metadata/ci?list=true").data());
        assertThat(root.list("secret/metadata/none").status()).isEqualTo(404);
    }

    @Test
    void policiesBoundATokenAndTheMostSpecificPathCounts() {
        assertThat(reader.get("secret/data/ci/db").status()).isEqualTo(200);
        assertThat(reader.get("secret/data/ci/forbidden").status()).isEqualTo(403);
        assertThat(reader.get("secret/data/prod/db").error()).contains("permission denied");
        assertThat(reader.list("secret/metadata/ci").status()).isEqualTo(403);
        assertThat(reader.list("secret/metadata/ci/list").status()).isEqualTo(404);
        assertThat(reader.send("DELETE", "secret/data/ci/db", "").status()).isEqualTo(403);
    }

    @Test
    void tokensThatAreMissingOrUnknownAreRefused() {
        assertThat(new VaultHttp(backends.vault(), Optional.empty()).get("secret/data/ci/db"))
                .satisfies(a -> assertThat(a.status()).isEqualTo(403));
        assertThat(root.as("other").get("secret/data/ci/db").error()).contains("invalid token");
    }

    @Test
    void mountsAreShownToWhoeverMayUseThem() {
        assertThat(root.get("sys/internal/ui/mounts/secret/ci/db")
                        .data()
                        .at("/options/version")
                        .asText())
                .isEqualTo("2");
        assertThat(reader.get("sys/internal/ui/mounts").data().path("secret").fieldNames())
                .toIterable()
                .containsExactly("secret/");
        assertThat(reader.get("sys/internal/ui/mounts/old/ci/db").error()).contains("preflight capability check");
        assertThat(reader.get("sys/mounts").status()).isEqualTo(403);
        assertThat(root.get("sys/mounts").data().at("/old~1/options/version").asText())
                .isEqualTo("1");
    }

    @Test
    void aVersionedMountReadWithoutDataSaysSo() {
        VaultHttp.Answer answer = root.get("secret/ci/db");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("warnings").path(0).asText()).contains("versioned");
        assertThat(root.get("nowhere/at/all").error()).contains("no handler for route");
    }

    @Test
    void aNamespaceHasItsOwnMountsByHeaderAndByPath() {
        assertThat(root.send("GET", "secret/data/own", "", "X-Vault-Namespace", "team/")
                        .status())
                .isEqualTo(200);
        assertThat(root.get("team/secret/data/own").status()).isEqualTo(200);
        assertThat(root.get("secret/data/own").status()).isEqualTo(404);
        assertThat(reader.get("team/secret/data/own").status()).isEqualTo(403);
        assertThat(root.send("GET", "secret/data/own", "", "X-Vault-Namespace", "other")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theDriverTellsWhatItIsRefused() throws VaultException {
        assertThat(driver(2, "reader-token")
                        .logical()
                        .read("secret/prod/db")
                        .getRestResponse()
                        .getStatus())
                .isEqualTo(403);
    }
}
