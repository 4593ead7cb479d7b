package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** The demo backend keeps the contract. */
class DemoVaultMintTest extends VaultMintContract {
    private static final Seed SEED = Seed.parse("""
        vault:
          rootToken: root
          policies:
            mint:
              - { path: ssh/sign/*, capabilities: [update] }
              - { path: pki/issue/*, capabilities: [update] }
          mounts:
            - { path: ssh, type: ssh, roles: { ci: { ttl: 30m, fields: { allowedUsers: deploy } } } }
            - path: pki
              type: pki
              roles:
                ci: { ttl: 30m, fields: { allowedDomain: ci.example } }
                leased: { ttl: 30m, fields: { allowedDomain: ci.example, generateLease: "true" } }
                unstored: { ttl: 30m, fields: { allowedDomain: ci.example, noStore: "true" } }
          auth:
            - { type: userpass, accept: [{ with: { username: jane, password: made-up }, policies: [mint] }] }
        """);

    private final DemoBackends backends = DemoBackends.start(SEED);

    @AfterEach
    void stop() {
        backends.close();
    }

    @Override
    URI url() {
        return backends.vault();
    }

    @Override
    String rootToken() {
        return "root";
    }

    @Override
    String mintToken() {
        return new VaultApi(url(), "root")
                .write("auth/userpass/login/jane", "{\"password\":\"made-up\"}")
                .at("/auth/client_token")
                .asText();
    }
}
