package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultOfBuilds.assertReads;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultOfBuilds.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultOfBuilds.session;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.oidc.DemoIssuer;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.IdTokens;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultRoles;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Vault or OpenBao lets builds read as themselves, by ID tokens whose keys it reads and by tokens it makes. */
@Tag("peers")
@Timeout(120)
@EnabledIfEnvironmentVariable(
        named = "AWS_SECRETS_PEER_VAULT",
        matches = "http.*",
        disabledReason = "no Vault runs; see bin/peers")
class VaultOfBuildsPeerContractTest {
    private static final URI URL = URI.create(
            Optional.ofNullable(System.getenv("AWS_SECRETS_PEER_VAULT")).orElse("http://unset.invalid"));
    private static final VaultApi ADMIN = new VaultApi(
            URL,
            Optional.ofNullable(System.getenv("AWS_SECRETS_PEER_VAULT_TOKEN")).orElse("root"));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Its own, beside whatever else the server has. */
    private static final String ID = UUID.randomUUID().toString().substring(0, 8);

    private static final String MOUNT = "builds-" + ID;
    private static final String JWT = "jwt-" + ID;
    private static final String POLICIES = "p" + ID + "-";

    private static DemoIssuer issuer;
    private static String maker;

    private Optional<SessionStore.Session> kept = Optional.empty();

    @BeforeAll
    static void setUp() {
        issuer = DemoIssuer.start();
        ADMIN.write("sys/mounts/" + MOUNT, "{\"type\":\"kv\",\"options\":{\"version\":\"2\"}}");
        ADMIN.write("sys/auth/" + JWT, "{\"type\":\"jwt\"}");
        Instant latest = Instant.now().plusSeconds(30);
        // A versioned mount makes itself ready for a moment.
        while (ADMIN.status("POST", MOUNT + "/data/shop/db", "{\"data\":{\"k\":\"v\"}}") != 200) {
            assertThat(Instant.now()).isBefore(latest);
        }
        ADMIN.write(MOUNT + "/data/bank/db", "{\"data\":{\"k\":\"v\"}}");
        String accessor = ADMIN.read("sys/auth")
                .at("/data")
                .path(JWT + "/")
                .path("accessor")
                .asText();
        policy("jobs", MOUNT + "/data/{{identity.entity.aliases." + accessor + ".metadata.job}}/*", "read");
        policy("shop", MOUNT + "/data/shop/*", "read");
        policy("maker", "auth/token/create/" + POLICIES + "role", "update");
        ADMIN.write(
                "auth/" + JWT + "/config",
                "{\"jwks_url\":\"%s\",\"bound_issuer\":\"%s\"}".formatted(issuer.keysUrl(), issuer.url()));
        role("any", "\"claim_mappings\":{\"job\":\"job\"},\"token_policies\":\"" + POLICIES + "jobs\"");
        role("shop", "\"bound_claims\":{\"job\":\"shop\"},\"token_policies\":\"" + POLICIES + "shop\"");
        ADMIN.write(
                "auth/token/roles/" + POLICIES + "role",
                "{\"allowed_policies_glob\":\"" + POLICIES + "*\",\"orphan\":true,\"renewable\":true}");
        maker = ADMIN.write("auth/token/create", "{\"policies\":[\"" + POLICIES + "maker\"]}")
                .at("/auth/client_token")
                .asText();
    }

    @AfterAll
    static void tearDown() {
        issuer.close();
        ADMIN.status("DELETE", "sys/mounts/" + MOUNT, "");
        ADMIN.status("DELETE", "sys/auth/" + JWT, "");
    }

    private static void policy(String name, String path, String capability) {
        ObjectNode policy = JSON.createObjectNode()
                .put("policy", "path \"" + path + "\" { capabilities = [\"" + capability + "\"] }");
        ADMIN.write("sys/policies/acl/" + POLICIES + name, policy.toString());
    }

    private static void role(String name, String more) {
        ADMIN.write(
                "auth/" + JWT + "/role/" + name,
                "{\"role_type\":\"jwt\",\"user_claim\":\"sub\",\"bound_audiences\":\"vault\",\"token_ttl\":\"1h\","
                        + more + "}");
    }

    private static VaultSource byIdToken(String role) {
        return source(
                VaultSettings.of(URL, new VaultLogin.BuildJwt(JWT, Optional.of(VaultRoles.jwt(role)), "", "id-token")),
                SourceFilter.NONE,
                Clock.systemUTC());
    }

    private static VaultSource byChildToken(String token, Optional<String> tokenRole, String policy) {
        ChildTokens tokens = new ChildTokens(
                List.of(ChildTokens.policy(policy)),
                Optional.of(Duration.ofMinutes(30)),
                tokenRole.map(ChildTokens::role));
        return source(
                VaultSettings.of(URL, new VaultLogin.Token(SecretValue.of(token)))
                        .withChildTokens("", tokens),
                SourceFilter.NONE,
                Clock.systemUTC());
    }

    private BuildIdentity build(String job) {
        return build(job, "vault");
    }

    private BuildIdentity build(String job, String audience) {
        IdTokens tokens = (place, id) ->
                SecretValue.of(issuer.token("https://ci.example/job/" + job + "/", audience, Map.of("job", job)));
        return new BuildIdentity("https://ci.example/", job, Optional.empty(), job, 7, tokens)
                .keeping(new SessionStore() {
                    @Override
                    public Optional<Session> find(Key key) {
                        return kept;
                    }

                    @Override
                    public void keep(Key key, Session session) {
                        kept = Optional.of(session);
                    }

                    @Override
                    public void drop(Key key, SecretValue token) {
                        kept = Optional.empty();
                    }
                });
    }

    @Test
    void aJobReadsItsSecretAndIsDeniedAnothersByTheTemplatedPolicyOfItsToken() {
        try (VaultSource source = byIdToken("any");
                SecretSource shop = session(source, build("shop"))) {
            assertReads(shop, MOUNT + "/shop/db");
            SecretException denied = failure(shop, MOUNT + "/bank/db");
            assertThat(denied.problem()).isEqualTo(Problem.DENIED);
            assertThat(denied.getMessage()).contains("policies default, " + POLICIES + "jobs", "template names");
        }
    }

    @Test
    void aLoginThatTheRoleRefusesNamesTheClaim() {
        try (VaultSource source = byIdToken("shop")) {
            assertThat(failure(session(source, build("bank")), MOUNT + "/shop/db")
                            .getMessage())
                    .contains("the claim job of the JWT does not match the role");
            assertThat(failure(session(source, build("shop", "aws")), MOUNT + "/shop/db")
                            .getMessage())
                    .contains("the claim aud of the JWT does not match the role");
        }
    }

    @Test
    void aTokenThatAnotherSignedIsRefused() {
        try (DemoIssuer forger = DemoIssuer.start();
                VaultSource source = byIdToken("any")) {
            BuildIdentity forged = new BuildIdentity(
                    "",
                    "shop",
                    Optional.empty(),
                    "shop",
                    7,
                    (place, id) -> SecretValue.of(forger.token(
                            "https://ci.example/job/shop/",
                            "vault",
                            Map.of("job", "shop", "iss", issuer.url().toString()))));
            assertThat(failure(session(source, forged), MOUNT + "/shop/db").problem())
                    .isEqualTo(Problem.UNAUTHENTICATED);
        }
    }

    @Test
    void aChildTokenHasThePoliciesAndTheTimeThatAreConfiguredAndEndsWithTheSession() {
        try (VaultSource source = byChildToken(maker, Optional.of(POLICIES + "role"), POLICIES + "${folder}")) {
            SecretSource shop = session(source, build("shop/web"));
            assertReads(shop, MOUNT + "/shop/db");
            assertThat(failure(shop, MOUNT + "/bank/db").getMessage())
                    .contains("policies default, " + POLICIES + "shop");
            assertThat(failure(session(source, build("bank/web").keeping(SessionStore.NONE)), MOUNT + "/shop/db")
                            .problem())
                    .isEqualTo(Problem.DENIED);
            SecretValue token = kept.orElseThrow().token();
            assertThat(lookUp(token).path("ttl").asInt()).isBetween(1700, 1800);
            shop.close();
            assertThat(ADMIN.status("POST", "auth/token/lookup", "{\"token\":\"" + token.reveal() + "\"}"))
                    .isEqualTo(403);
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void aKeptTokenIsFoundAgainWithItsTimeAndRevokedInTheEnd() {
        try (VaultSource before = byChildToken(maker, Optional.of(POLICIES + "role"), POLICIES + "${folder}")) {
            assertReads(session(before, build("shop/web")), MOUNT + "/shop/db");
        }
        SecretValue token = kept.orElseThrow().token();
        JsonNode told = lookUp(token);
        assertThat(told.path("policies").toString()).contains(POLICIES + "shop").doesNotContain("maker");
        assertThat(told.path("ttl").asInt()).isBetween(1700, 1800);
        assertThat(told.path("orphan").asBoolean()).isTrue();
        assertThat(told.path("meta").path("jenkins-job").asText()).isEqualTo("shop/web");

        // As after a restart: another source, the same build.
        try (VaultSource after = byChildToken(maker, Optional.of(POLICIES + "role"), POLICIES + "${folder}")) {
            SecretSource shop = session(after, build("shop/web"));
            assertReads(shop, MOUNT + "/shop/db");
            assertThat(kept.orElseThrow().token()).isEqualTo(token);
            shop.close();
        }
        assertThat(ADMIN.status("POST", "auth/token/lookup", "{\"token\":\"" + token.reveal() + "\"}"))
                .isEqualTo(403);
    }

    private static JsonNode lookUp(SecretValue token) {
        return ADMIN.write("auth/token/lookup", "{\"token\":\"" + token.reveal() + "\"}")
                .path("data");
    }

    @Test
    void policiesThatTheSourcesOwnTokenMayNotGiveAreRefusedAndNamed() {
        try (VaultSource other = byChildToken(maker, Optional.of(POLICIES + "role"), "prod-${folder}");
                VaultSource bare = byChildToken(maker, Optional.empty(), POLICIES + "${folder}")) {
            assertThat(failure(session(other, build("shop/web")), MOUNT + "/shop/db")
                            .getMessage())
                    .contains("does not allow", "prod-shop", "allowed_policies_glob");
            assertThat(failure(session(bare, build("shop/web")), MOUNT + "/shop/db")
                            .problem())
                    .isEqualTo(Problem.DENIED);
        }
    }
}
