package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.oidc.DemoIssuer;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.IdTokens;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
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

/** A Vault that builds read from with tokens of their own, and what each build keeps of its session. */
abstract class VaultOfBuilds {
    final DemoIssuer issuer = DemoIssuer.start();
    final MovableClock clock = new MovableClock();
    final DemoBackends backends = DemoBackends.start(Seed.parse("""
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
    final Map<SessionStore.Key, Map<SecretValue, SessionStore.Session>> kept = new HashMap<>();
    final SessionStore store = new SessionStore() {
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

    VaultSource byIdToken(String role) {
        return source(
                VaultSettings.of(
                        backends.vault(),
                        new VaultLogin.BuildJwt("jwt", Optional.of(VaultRoles.jwt(role)), "", "id-token")),
                SourceFilter.NONE,
                clock);
    }

    VaultSource byChildToken(String token, Optional<String> tokenRole, String... policies) {
        ChildTokens tokens = new ChildTokens(
                List.of(policies).stream().map(ChildTokens::policy).toList(),
                Optional.of(Duration.ofHours(1)),
                tokenRole.map(ChildTokens::role));
        VaultLogin login = new VaultLogin.Token(SecretValue.of(token));
        return source(VaultSettings.of(backends.vault(), login).withChildTokens("", tokens), SourceFilter.NONE, clock);
    }

    BuildIdentity build(String job) {
        IdTokens tokens = (place, id) ->
                SecretValue.of(issuer.token("https://ci.example/job/" + job + "/", "vault", Map.of("job", job)));
        return new BuildIdentity("https://ci.example/", job, Optional.empty(), job, 7, tokens).keeping(store);
    }

    static SecretSource session(SecretSource source, BuildIdentity build) {
        return source.forBuild(build).orElseThrow();
    }

    static SecretException failure(SecretSource source, String path) {
        try {
            Outcome outcome = source.fetch(List.of(locator(path)), soon()).get(locator(path));
            return ((Outcome.Failed) outcome).why();
        } catch (SecretException e) {
            return e;
        }
    }

    static void assertReads(SecretSource source, String path) {
        assertThat(source.fetch(List.of(locator(path)), soon()).get(locator(path)))
                .isInstanceOf(Outcome.Found.class);
    }

    List<String> operations() {
        return backends.requests().all().stream()
                .filter(request -> request.service() == Service.VAULT)
                .map(RecordedRequest::operation)
                .toList();
    }
}
