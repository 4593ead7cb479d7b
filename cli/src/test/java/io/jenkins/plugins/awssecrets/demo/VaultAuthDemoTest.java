package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultAuthDemoTest {
    private static final Seed SEED = Seed.parse("""
        vault:
          tokens:
            - { id: short-token, policies: [ci], ttl: 1h, maxTtl: 90m }
            - { id: fixed-token, policies: [ci], ttl: 1h, renewable: false }
          policies:
            ci:
              - { path: database/creds/readonly, capabilities: [read] }
              - { path: sys/leases/revoke, capabilities: [update] }
          mounts:
            - path: database
              type: database
              roles:
                readonly:
                  ttl: 1h
                  maxTtl: 2h
                  fields: { username: "v-{{random}}", password: "{{random}}" }
                once: { ttl: 5m, renewable: false, fields: { password: "{{random}}" } }
          auth:
            - type: approle
              accept:
                - { with: { role_id: demo-role, secret_id: demo-secret }, policies: [ci], ttl: 20m }
                - { with: { role_id: demo-role, secret_id: once }, policies: [ci], uses: 1 }
            - { type: userpass, accept: [{ with: { username: jane, password: made-up }, policies: [ci] }] }
            - { type: ldap, accept: [{ with: { username: jane, password: made-up }, policies: [ci] }] }
            - { type: jwt, accept: [{ with: { role: ci, jwt: made.up.jwt }, policies: [ci] }] }
            - { type: kubernetes, path: k8s, accept: [{ with: { role: ci, jwt: made.up.jwt }, policies: [ci] }] }
          wrapped:
            - { token: wrapping-token, data: { secret_id: demo-secret } }
        """);

    private final MovableClock clock = new MovableClock();
    private final DemoBackends backends = DemoBackends.start(SEED, clock);
    private final VaultHttp nobody = new VaultHttp(backends.vault(), Optional.empty());

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void theDriverLogsInByAppRole() throws VaultException {
        Vault vault = Vault.create(
                new VaultConfig().address(backends.vault().toString()).build(), 2);

        assertThat(vault.auth().loginByAppRole("demo-role", "demo-secret"))
                .satisfies(r -> assertThat(r.getAuthClientToken()).startsWith("hvs."))
                .satisfies(r -> assertThat(r.getAuthLeaseDuration()).isEqualTo(1200))
                .satisfies(r -> assertThat(r.isAuthRenewable()).isTrue());
    }

    @Test
    void loginsAreAcceptedAndRefusedEachInItsOwnWords() {
        assertThat(nobody.post("auth/userpass/login/jane", "{\"password\":\"made-up\"}")
                        .status())
                .isEqualTo(200);
        assertThat(nobody.post("auth/ldap/login/jane", "{\"password\":\"made-up\"}")
                        .status())
                .isEqualTo(200);
        assertThat(nobody.post("auth/jwt/login", "{\"role\":\"ci\",\"jwt\":\"made.up.jwt\"}")
                        .status())
                .isEqualTo(200);
        assertThat(nobody.post("auth/k8s/login", "{\"role\":\"ci\",\"jwt\":\"made.up.jwt\"}")
                        .status())
                .isEqualTo(200);
        assertThat(nobody.post("auth/approle/login", "{\"role_id\":\"demo-role\",\"secret_id\":\"x\"}")
                        .error())
                .isEqualTo("invalid role or secret ID");
        assertThat(nobody.post("auth/userpass/login/jane", "{\"password\":\"x\"}")
                        .error())
                .isEqualTo("invalid username or password");
        assertThat(nobody.post("auth/k8s/login", "{\"role\":\"ci\",\"jwt\":\"x\"}")
                        .status())
                .isEqualTo(403);
        assertThat(nobody.post("auth/none/login", "{}").status()).isEqualTo(403);
    }

    @Test
    void aSecretIdOfOneUseIsGoodOnce() {
        String login = "{\"role_id\":\"demo-role\",\"secret_id\":\"once\"}";

        assertThat(nobody.post("auth/approle/login", login).status()).isEqualTo(200);
        assertThat(nobody.post("auth/approle/login", login).status()).isEqualTo(400);
    }

    @Test
    void aTokenEndsUnlessItIsRenewedAndNeverBeyondItsLimit() {
        VaultHttp token = nobody.as("short-token");
        clock.forward(Duration.ofMinutes(50));
        assertThat(token.post("auth/token/renew-self", "{}")
                        .body()
                        .at("/auth/lease_duration")
                        .asInt())
                .isEqualTo(40 * 60);
        clock.forward(Duration.ofMinutes(39));
        assertThat(token.get("auth/token/lookup-self").data().path("ttl").asInt())
                .isEqualTo(60);
        clock.forward(Duration.ofMinutes(1));
        assertThat(token.get("auth/token/lookup-self").status()).isEqualTo(403);
    }

    @Test
    void aTokenThatIsNotRenewableSaysSo() {
        assertThat(nobody.as("fixed-token").post("auth/token/renew-self", "{}").error())
                .isEqualTo("lease is not renewable");
    }

    @Test
    void aRevokedTokenIsNoLongerGoodAndItsLeasesEnd() {
        VaultHttp token = nobody.as("short-token");
        VaultHttp root = nobody.as("demo-root-token");
        token.get("database/creds/readonly");
        assertThat(root.list("sys/leases/lookup/database/creds/readonly").data().path("keys"))
                .hasSize(1);

        assertThat(token.post("auth/token/revoke-self", "").status()).isEqualTo(204);

        assertThat(token.get("database/creds/readonly").error()).contains("invalid token");
        assertThat(root.list("sys/leases/lookup/database/creds/readonly").status())
                .isEqualTo(404);
    }

    @Test
    void eachReadOfARoleIsANewLease() {
        VaultHttp token = nobody.as("short-token");
        VaultHttp.Answer one = token.get("database/creds/readonly");
        VaultHttp.Answer two = token.get("database/creds/readonly");

        assertThat(one.data().path("username").asText())
                .startsWith("v-")
                .isNotEqualTo(two.data().path("username").asText());
        assertThat(one.body().path("lease_id").asText())
                .startsWith("database/creds/readonly/")
                .isNotEqualTo(two.body().path("lease_id").asText());
        assertThat(one.body().path("lease_duration").asInt()).isEqualTo(3600);
        assertThat(nobody.as("demo-root-token").get("database/creds/none").error())
                .isEqualTo("unknown role: none");
    }

    @Test
    void leasesAreRenewedLookedUpAndRevoked() {
        VaultHttp token = nobody.as("short-token");
        String lease = "{\"lease_id\":\""
                + token.get("database/creds/readonly").body().path("lease_id").asText() + "\"}";
        clock.forward(Duration.ofMinutes(30));
        assertThat(token.send("PUT", "sys/leases/lookup", lease)
                        .data()
                        .path("ttl")
                        .asInt())
                .isEqualTo(1800);
        assertThat(token.send("PUT", "sys/leases/renew", lease)
                        .body()
                        .path("lease_duration")
                        .asInt())
                .isEqualTo(3600);
        assertThat(token.send("PUT", "sys/leases/revoke", lease).status()).isEqualTo(204);
        assertThat(token.send("PUT", "sys/leases/lookup", lease).error()).isEqualTo("invalid lease");
        assertThat(token.send("PUT", "sys/leases/renew", lease).error()).isEqualTo("lease not found");
    }

    @Test
    void aWrappedAnswerIsUnwrappedOnce() {
        VaultHttp wrapping = nobody.as("wrapping-token");

        assertThat(wrapping.post("sys/wrapping/unwrap", "")
                        .data()
                        .path("secret_id")
                        .asText())
                .isEqualTo("demo-secret");
        assertThat(wrapping.post("sys/wrapping/unwrap", "").error())
                .isEqualTo("wrapping token is not valid or does not exist");
    }

    @Test
    void anyAnswerIsWrappedOnRequest() {
        VaultHttp.Answer wrapped = nobody.send(
                "POST",
                "auth/approle/login",
                "{\"role_id\":\"demo-role\",\"secret_id\":\"demo-secret\"}",
                "X-Vault-Wrap-TTL",
                "60s");
        VaultHttp wrapping = nobody.as(wrapped.body().at("/wrap_info/token").asText());

        assertThat(wrapped.body().path("auth").isNull()).isTrue();
        assertThat(wrapping.post("sys/wrapping/unwrap", "")
                        .body()
                        .at("/auth/client_token")
                        .asText())
                .startsWith("hvs.");
    }

    @Test
    void requestsAreRecordedByPathAndHoldNoTokens() {
        nobody.post("auth/approle/login", "{\"role_id\":\"demo-role\",\"secret_id\":\"demo-secret\"}");
        nobody.as("short-token").get("database/creds/readonly");

        assertThat(backends.requests().to(Service.VAULT))
                .extracting(RecordedRequest::operation)
                .containsExactly("login", "read");
        assertThat(backends.requests().all().toString())
                .contains("database/creds/readonly")
                .doesNotContain("demo-secret")
                .doesNotContain("short-token");
    }
}
