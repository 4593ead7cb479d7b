package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.VaultHttp;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.util.Optional;

/** The demo backends. */
final class DemoVault implements VaultPeer {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
                    vault:
                      tokens: [{ id: ci-token, policies: [ci], ttl: 1h }]
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
    public String token() {
        return "ci-token";
    }

    @Override
    public VaultLogin appRole() {
        return new VaultLogin.AppRole(
                "approle", "ci-role", Optional.of(TextOrFile.of(SecretValue.of("ci-secret"))), false);
    }

    @Override
    public void close() {
        backends.close();
    }
}
