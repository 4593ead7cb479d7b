package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.oidc.DemoIssuer;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.IdTokens;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultRoles;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that read with tokens of their own: by their ID tokens, or with tokens that the source's own one makes. */
@Timeout(120)
class VaultOfBuildsTest {
    private final DemoIssuer issuer = DemoIssuer.start();
    private final MovableClock clock = new MovableClock();
    private final DemoBackends backends =
            DemoBackends.start(Seed.parse("""
                vault:
                  rootToken: root
                  tokens:
                    - { id: maker, policies: [maker] }
                    - { id: poor, policies: [] }
                  tokenRoles: { jenkins: { allowedPoliciesGlob: ["jenkins-*"], orphan: true } }
                  policies:
                    maker:
                      - { path: auth/token/create, capabilities: [update] }
                      - { path: auth/token/create/jenkins, capabilities: [update] }
                    jenkins-shop: [{ path: secret/data/shop/*, capabilities: [read] }]
                    jobs:
                      - path: "secret/data/{{identity.entity.aliases.auth_jwt_19cc7.metadata.job}}/*"
                        capabilities: [read]
                  mounts:
                    - path: secret
                      secrets: [{ path: shop/db, data: { k: v } }, { path: bank/db, data: { k: v } }]
                  auth:
                    - type: jwt
                      jwt:
                        jwksUrl: "%1$s"
                        boundIssuer: "%2$s"
                        roles:
                          ci:
                            boundAudiences: [vault]
                            claimMappings: { job: job }
                            policies: [jobs]
                            ttl: 1h
                          shop:
                            boundAudiences: [vault]
                            boundClaims: { job: [shop] }
                            policies: [jenkins-shop]
                          aws: { boundAudiences: [aws] }
                """.formatted(issuer.keysUrl(), issuer.url())), clock);
    private final Map<SessionStore.Key, Map<SecretValue, SessionStore.Session>> kept = new HashMap<>();
    private final SessionStore store = new SessionStore() {
        @Override
        public Optional<Session> find(Key key) {
            return kept.getOrDefault(key, Map.of()).values().stream().findFirst();
        }

        @Override
        public void keep(Key key, Session session) {
            kept.computeIfAbsent(key, k -> new HashMap<>()).put(session.token(), session);
        }

        @Override
        public void drop(Key key, SecretValue token) {
            kept.getOrDefault(key, Map.of()).remove(token);
        }
    };

    @AfterEach
    void stop() {
        backends.close();
        issuer.close();
    }

    private VaultSource byIdToken(String role) {
        return source(
                VaultSettings.of(
                        backends.vault(),
                        new VaultLogin.BuildJwt("jwt", Optional.of(VaultRoles.jwt(role)), "", "id-token")),
                SourceFilter.NONE,
                clock);
    }

    private VaultSource byChildToken(String token, Optional<String> tokenRole, String... policies) {
        ChildTokens tokens = new ChildTokens(
                List.of(policies).stream().map(ChildTokens::policy).toList(),
                Optional.of(Duration.ofHours(1)),
                tokenRole.map(ChildTokens::role));
        VaultLogin login = new VaultLogin.Token(SecretValue.of(token));
        return source(VaultSettings.of(backends.vault(), login).withChildTokens("", tokens), SourceFilter.NONE, clock);
    }

    private BuildIdentity build(String job) {
        IdTokens tokens = (place, id) ->
                SecretValue.of(issuer.token("https://ci.example/job/" + job + "/", "vault", Map.of("job", job)));
        return new BuildIdentity("https://ci.example/", job, Optional.empty(), job, 7, tokens).keeping(store);
    }

    private static SecretSource session(SecretSource source, BuildIdentity build) {
        return source.forBuild(build).orElseThrow();
    }

    private static SecretException failure(SecretSource source, String path) {
        try {
            Outcome outcome = source.fetch(List.of(locator(path)), soon()).get(locator(path));
            return ((Outcome.Failed) outcome).why();
        } catch (SecretException e) {
            return e;
        }
    }

    private static void assertReads(SecretSource source, String path) {
        assertThat(source.fetch(List.of(locator(path)), soon()).get(locator(path)))
                .isInstanceOf(Outcome.Found.class);
    }

    private List<String> operations() {
        return backends.requests().all().stream()
                .filter(request -> request.service() == Service.VAULT)
                .map(RecordedRequest::operation)
                .toList();
    }

    @Test
    void aJobReadsItsSecretAndIsDeniedAnothersByTheTemplatedPolicyOfItsToken() {
        try (VaultSource source = byIdToken("ci");
                SecretSource shop = session(source, build("shop"))) {
            assertReads(shop, "secret/shop/db");
            SecretException denied = failure(shop, "secret/bank/db");
            assertThat(denied.problem()).isEqualTo(Problem.DENIED);
            assertThat(denied.getMessage())
                    .contains("policies default, jobs", "read on secret/data/bank/db", "template names");
            assertThat(shop.identity()).isEqualTo("role ci at auth/jwt");
        }
    }

    @Test
    void outsideOfBuildsSuchASourceServesAndListsNothingAndCallsNobody() {
        try (VaultSource source = byIdToken("ci")) {
            SecretException refused = failure(source, "secret/shop/db");
            assertThat(refused.problem()).isEqualTo(Problem.REFUSED);
            assertThat(refused.getMessage()).contains("serves builds alone");
            assertThat(source.list(soon())).isEmpty();
            assertThat(operations()).isEmpty();
        }
        try (VaultSource source = byChildToken("root", Optional.empty(), "jenkins-${folder}")) {
            assertThat(failure(source, "secret/shop/db").problem()).isEqualTo(Problem.REFUSED);
        }
    }

    @Test
    void aLoginThatTheRoleRefusesNamesTheClaim() {
        try (VaultSource source = byIdToken("shop");
                VaultSource aws = byIdToken("aws")) {
            assertThat(failure(session(source, build("bank")), "secret/shop/db").getMessage())
                    .contains("the claim job of the JWT does not match the role");
            assertThat(failure(session(aws, build("shop")), "secret/shop/db").getMessage())
                    .contains("the claim aud of the JWT does not match the role");
        }
    }

    @Test
    void aBuildLogsInOnceHoweverOftenItReadsAndItsTokenIsRevokedWithItsSession() {
        try (VaultSource source = byIdToken("ci")) {
            try (SecretSource first = session(source, build("bank"))) {
                assertReads(first, "secret/bank/db");
            }
            backends.requests().clear();
            try (SecretSource shop = session(source, build("shop"))) {
                assertReads(shop, "secret/shop/db");
                assertReads(shop, "secret/shop/db");
                failure(shop, "secret/bank/db");
            }
        }
        // The mount is known from the first build: one login more than a source whose token is shared.
        assertThat(operations()).containsExactly("login", "read", "read", "read", "lookup-self", "revoke-self");
        assertThat(kept.values()).allMatch(Map::isEmpty);
    }

    @Test
    void aSourceWithoutPerBuildGivesNoSession() {
        try (VaultSource source = source(backends.vault(), new VaultLogin.Token(SecretValue.of("root")))) {
            assertThat(source.forBuild(build("shop"))).isEmpty();
            assertReads(source, "secret/shop/db");
            assertThat(operations()).containsExactly("lookup-self", "mounts", "read");
        }
    }

    @Test
    void theTokenRoleAllowsPoliciesThatTheControllersTokenDoesNotHave() {
        try (VaultSource source = byChildToken("maker", Optional.of("jenkins"), "jenkins-${folder}");
                SecretSource shop = session(source, build("shop/web"))) {
            assertReads(shop, "secret/shop/db");
            assertThat(failure(shop, "secret/bank/db").getMessage()).contains("policies default, jenkins-shop");
            assertThat(shop.identity()).isEqualTo("a token with policies jenkins-shop");
        }
        assertThat(operations()).filteredOn("token"::equals).hasSize(1);
    }

    @Test
    void policiesThatTheControllersTokenMayNotGiveAreNamed() {
        try (VaultSource bare = byChildToken("maker", Optional.empty(), "jenkins-${folder}");
                VaultSource other = byChildToken("maker", Optional.of("jenkins"), "prod-${folder}");
                VaultSource unknown = byChildToken("root", Optional.of("nobody"), "jenkins-${folder}");
                VaultSource poor = byChildToken("poor", Optional.of("jenkins"), "jenkins-${folder}")) {
            assertThat(failure(session(bare, build("shop/web")), "secret/shop/db")
                            .getMessage())
                    .contains("does not have the policies", "jenkins-shop", "perBuild.tokenRole");
            assertThat(failure(session(other, build("shop/web")), "secret/shop/db")
                            .getMessage())
                    .contains("token role jenkins does not allow", "prod-shop", "allowed_policies_glob");
            assertThat(failure(session(unknown, build("shop/web")), "secret/shop/db")
                            .getMessage())
                    .contains("token role not found: nobody");
            SecretException denied = failure(session(poor, build("shop/web")), "secret/shop/db");
            assertThat(denied.getMessage()).contains("may not make tokens for builds");
            assertThat(denied.permission().orElseThrow().resource()).isEqualTo("auth/token/create/jenkins");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Shop/web, jenkins-${folder}, characters",
        "sh op/web, jenkins-${folder}, characters",
        "web, jenkins-${folder}, is in no folder",
        "root/web, ${folder}, it would be root",
        "'sh*p/web', jenkins-${folder}, characters"
    })
    void aFolderThatDoesNotFitAPolicyIsRefusedAndNotReplaced(String job, String policy, String why) {
        try (VaultSource source = byChildToken("root", Optional.empty(), policy)) {
            SecretException refused = catchThrowableOfType(SecretException.class, () -> source.forBuild(build(job)));
            assertThat(refused.problem()).isEqualTo(Problem.REFUSED);
            assertThat(refused.getMessage()).contains(why);
        }
        assertThat(operations()).isEmpty();
    }

    @Test
    void aFolderThatDoesNotFitARoleIsRefused() {
        try (VaultSource source = byIdToken("jenkins-${folder}")) {
            assertThatThrownBy(() -> source.forBuild(build("team/shop/web")))
                    .isInstanceOfSatisfying(
                            SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED));
            assertThat(session(source, build("shop/web")).identity()).isEqualTo("role jenkins-shop at auth/jwt");
        }
    }

    @Test
    void aSessionGoesOnAfterARestartWithoutALoginAndItsTokenIsRevoked() {
        VaultSource before = byIdToken("ci");
        assertReads(session(before, build("shop")), "secret/shop/db");
        backends.requests().clear();

        try (VaultSource after = byIdToken("ci");
                SecretSource shop = session(after, build("shop"))) {
            assertReads(shop, "secret/shop/db");
        }

        assertThat(operations()).containsExactly("mounts", "read", "revoke-self");
        assertThat(kept.values()).allMatch(Map::isEmpty);
    }

    @Test
    void aTokenIsShownToNoOtherVaultAndInNoOtherWayThanItWasMade() {
        VaultSource before = byIdToken("ci");
        assertReads(session(before, build("shop")), "secret/shop/db");

        try (VaultSource other = byIdToken("shop");
                SecretSource shop = session(other, build("shop"))) {
            assertReads(shop, "secret/shop/db");
        }
        assertThat(operations()).filteredOn("login"::equals).hasSize(2);
        assertThat(kept.values().stream().filter(m -> !m.isEmpty())).hasSize(1);
    }

    @Test
    void aTokenThatCouldNotBeRevokedStaysKept() {
        try (VaultSource source = byIdToken("ci")) {
            SecretSource shop = session(source, build("shop"));
            assertReads(shop, "secret/shop/db");
            backends.faults().inject(Service.VAULT, "revoke-self", Fault.status(503));
            shop.close();
            assertThat(kept.values().iterator().next()).hasSize(1);
            backends.faults().clear();
            session(source, build("shop")).close();
            assertThat(kept.values()).allMatch(Map::isEmpty);
        }
    }

    @Test
    void aTokenThatCannotBeKeptIsRevokedAtOnceAndNotUsed() {
        SessionStore full = new SessionStore() {
            @Override
            public Optional<Session> find(Key key) {
                return Optional.empty();
            }

            @Override
            public void keep(Key key, Session session) {
                throw new SecretException(Problem.INTERNAL, "build", "the disk is full", "make room");
            }

            @Override
            public void drop(Key key, SecretValue token) {
                // It was never kept.
            }
        };
        try (VaultSource source = byIdToken("ci");
                SecretSource shop = session(source, build("shop").keeping(SessionStore.NONE))) {
            assertReads(shop, "secret/shop/db");
            backends.requests().clear();
            SecretSource unlucky = session(source, build("shop").keeping(full));
            assertThat(failure(unlucky, "secret/shop/db").getMessage()).contains("the disk is full");
            assertThat(operations()).containsExactly("login", "revoke-self");
        }
    }

    @Test
    void theConnectionTestSaysWhoAuthenticatesAndWhetherTokensCanBeMade() {
        try (VaultSource jwt = byIdToken("ci");
                VaultSource maker = byChildToken("maker", Optional.of("jenkins"), "jenkins-${folder}");
                VaultSource poor = byChildToken("poor", Optional.of("jenkins"), "jenkins-${folder}")) {
            assertThat(jwt.check(soon()))
                    .extracting(SourceCheck::what)
                    .anyMatch(what -> what.contains("the controller has no login") && what.contains("auth/jwt"));
            assertThat(maker.check(soon()))
                    .allMatch(SourceCheck::ok)
                    .extracting(SourceCheck::what)
                    .anyMatch(what -> what.startsWith("make tokens for builds"));
            assertThat(poor.check(soon()))
                    .filteredOn(check -> !check.ok())
                    .singleElement()
                    .satisfies(check -> assertThat(check.problem().orElseThrow().getMessage())
                            .contains("auth/token/create/jenkins"));
            SecretSource session = session(maker, build("shop/web"));
            assertThat(session.check(soon()))
                    .allMatch(SourceCheck::ok)
                    .extracting(SourceCheck::what)
                    .anyMatch(what -> what.contains("policies default jenkins-shop"));
        }
    }
}
