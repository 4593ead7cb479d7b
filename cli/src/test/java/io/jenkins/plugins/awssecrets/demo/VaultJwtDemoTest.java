package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.oidc.DemoIssuer;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JWT logins whose token is checked, templated policies, and tokens that other tokens make, as Vault has them. */
class VaultJwtDemoTest {
    private final DemoIssuer issuer = DemoIssuer.start();
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        vault:
          rootToken: root
          tokens: [{ id: parent, policies: [maker] }]
          tokenRoles: { jenkins: { allowedPoliciesGlob: ["jenkins-*"] } }
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
              secrets: [{ path: shop/db, data: { k: v } }, { path: other/db, data: { k: v } }]
          auth:
            - type: jwt
              jwt:
                jwksUrl: "%s"
                boundIssuer: "%s"
                roles:
                  ci:
                    boundAudiences: [vault]
                    boundClaims: { sub: ["https://ci.example/job/*"], kind: [build] }
                    glob: true
                    claimMappings: { job: job }
                    policies: [jobs]
        """.formatted(issuer.keysUrl(), issuer.url())));
    private final VaultHttp anybody = new VaultHttp(backends.vault(), Optional.empty());

    @AfterEach
    void stop() {
        backends.close();
        issuer.close();
    }

    private VaultHttp.Answer login(String token) {
        return anybody.post("auth/jwt/login", "{\"role\":\"ci\",\"jwt\":\"" + token + "\"}");
    }

    private String token(String subject, String audience, Map<String, Object> more) {
        return issuer.token(subject, audience, more);
    }

    private String good() {
        return token("https://ci.example/job/shop/", "vault", Map.of("kind", "build", "job", "shop"));
    }

    @Test
    void whatTheTokenSaysIsCheckedInVaultsWords() {
        assertThat(login(good()).status()).isEqualTo(200);
        assertThat(login(good().replaceFirst("\\.[^.]{8}", ".e30AAAAA")).error())
                .contains("error validating token");
        assertThat(login(token("https://ci.example/job/shop/", "aws", Map.of())).error())
                .contains("invalid audience (aud) claim");
        assertThat(login(token("x", "vault", Map.of("iss", "https://elsewhere")))
                        .error())
                .contains("invalid issuer (iss) claim");
        assertThat(login(token("x", "vault", Map.of("exp", 1))).error()).contains("token is expired");
        assertThat(login(token("x", "vault", Map.of("kind", "build", "job", "shop")))
                        .error())
                .contains("claim \"sub\" does not match any associated bound claim values");
        assertThat(login(token("https://ci.example/job/shop/", "vault", Map.of("job", "shop")))
                        .error())
                .contains("claim \"kind\" is missing");
        try (DemoIssuer forger = DemoIssuer.start()) {
            String forged = forger.token(
                    "https://ci.example/job/shop/",
                    "vault",
                    Map.of("iss", issuer.url().toString(), "kind", "build", "job", "shop"));
            assertThat(login(forged).error()).contains("failed to verify id token signature");
        }
    }

    @Test
    void aTemplatedPolicyIsOfWhoLoggedIn() {
        VaultHttp build = anybody.as(
                login(good()).body().path("auth").path("client_token").asText());

        assertThat(build.get("secret/data/shop/db").status()).isEqualTo(200);
        assertThat(build.get("secret/data/other/db").status()).isEqualTo(403);
    }

    @Test
    void aTokenOfATokenHasItsParentsPoliciesOrThoseOfARoleAndEndsWithItsParent() {
        VaultHttp parent = anybody.as("parent");
        assertThat(parent.post("auth/token/create", "{\"policies\":[\"jenkins-shop\"]}")
                        .error())
                .isEqualTo("child policies must be subset of parent");
        assertThat(parent.post("auth/token/create/jenkins", "{\"policies\":[\"root\"]}")
                        .error())
                .contains("must be subset of the role's allowed policies");
        VaultHttp.Answer made = parent.post("auth/token/create/jenkins", "{\"policies\":[\"jenkins-shop\"]}");
        VaultHttp child =
                anybody.as(made.body().path("auth").path("client_token").asText());

        assertThat(child.get("secret/data/shop/db").status()).isEqualTo(200);
        assertThat(child.get("secret/data/other/db").status()).isEqualTo(403);
        assertThat(parent.get("secret/data/shop/db").status()).isEqualTo(403);

        anybody.as("root").post("auth/token/revoke", "{\"token\":\"parent\"}");
        assertThat(List.of(child.get("secret/data/shop/db").status())).containsExactly(403);
    }
}
