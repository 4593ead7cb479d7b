package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.VaultHttp;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The demo backends. */
final class DemoVault implements VaultPeer {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
                    vault:
                      tokens: [{ id: ci-token, policies: [ci] }]
                      policies:
                        ci:
                          - { path: versioned/data/allowed/*, capabilities: [read] }
                          - { path: versioned/metadata/allowed/*, capabilities: [read, list] }
                          - { path: plain/allowed/*, capabilities: [read, list] }
                          - { path: database/creds/readonly, capabilities: [read] }
                          - { path: sys/leases/revoke, capabilities: [update] }
                      mounts:
                        - { path: versioned }
                        - { path: plain, version: 1 }
                        - path: database
                          type: database
                          roles: { readonly: { ttl: 1h, fields: { username: "v-{{random}}", password: "{{random}}" } } }
                      auth:
                        - type: approle
                          accept: [{ with: { role_id: ci-role, secret_id: ci-secret }, policies: [ci], ttl: 1h }]
                        - type: userpass
                          accept: [{ with: { username: jane, password: made-up-password }, policies: [ci], ttl: 1h }]
                        - type: jwt
                          accept: [{ with: { role: ci, jwt: made.up.jwt }, policies: [ci], ttl: 1h }]
                      wrapped:
                        - token: wrapping-token
                          path: auth/approle/role/ci/secret-id
                          data: { secret_id: ci-secret }
                    """));

    @Override
    public URI address() {
        return backends.vault();
    }

    @Override
    public VaultHttp root() {
        return new VaultHttp(address(), Optional.of("demo-root-token"));
    }

    @Override
    public String versioned() {
        return "versioned";
    }

    @Override
    public String plain() {
        return "plain";
    }

    @Override
    public Optional<String> leased() {
        return Optional.of("database/creds/readonly");
    }

    @Override
    public List<VaultLogin> logins() {
        return List.of(
                new VaultLogin.Token(SecretValue.of("ci-token")),
                appRole("ci-secret", false),
                new VaultLogin.UserPass("userpass", "jane", SecretValue.of(PASSWORD)),
                new VaultLogin.Jwt("jwt", Optional.of("ci"), text("made.up.jwt")));
    }

    @Override
    public List<VaultLogin> forgedLogins() {
        return List.of(
                new VaultLogin.Token(SecretValue.of("hvs.forged")),
                appRole("forged", false),
                new VaultLogin.UserPass("userpass", "jane", SecretValue.of("forged")),
                new VaultLogin.Jwt("jwt", Optional.of("ci"), text("for.ged.jwt")));
    }

    @Override
    public VaultLogin wrappedLogin() {
        return appRole("wrapping-token", true);
    }

    private static VaultLogin appRole(String secret, boolean wrapped) {
        return new VaultLogin.AppRole("approle", "ci-role", Optional.of(text(secret)), wrapped);
    }

    private static TextOrFile text(String text) {
        return TextOrFile.of(SecretValue.of(text));
    }

    @Override
    public void close() {
        backends.close();
    }
}
