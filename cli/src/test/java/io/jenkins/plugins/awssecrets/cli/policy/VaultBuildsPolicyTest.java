package io.jenkins.plugins.awssecrets.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code policy} prints for a Vault from which each build of a Jenkins reads as itself. */
class VaultBuildsPolicyTest {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        vault:
          mounts: [{ path: secret, secrets: [{ path: shop/db, data: { password: p } }] }]
        """));

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void theRoleOfTheJwtMethodAndAPolicyThatTheClaimFillsIn() throws Exception {
        String out = policy("""
            auth: {jwt: {role: "jenkins-^${folder}", credentialsId: id-token, perBuild: true}}\
            """);

        assertThat(out)
                .contains(
                        "# JWT role for builds of source vault: auth/jwt/role/jenkins-FOLDER",
                        "\"sub\" : \"ADDRESS-OF-JENKINS/job/FOLDER/*\"",
                        "\"token_policies\" : [ \"jenkins-FOLDER\" ]",
                        "path \"secret/data/{{identity.entity.aliases.ACCESSOR-OF-auth/jwt.metadata.job}}/*\"");
    }

    @Test
    void theTokenRoleAndWhatTheControllerMayDo() throws Exception {
        String out = policy("""
            auth: {token: {token: demo-root-token}}
            perBuild: {policies: ["jenkins-^${folder}"], ttl: 1h, tokenRole: jenkins}\
            """);

        assertThat(out)
                .contains(
                        "path \"auth/token/create/jenkins\" {\n  capabilities = [\"update\"]",
                        "# Token role: auth/token/roles/jenkins",
                        "\"allowed_policies_glob\" : [ \"jenkins-*\" ]",
                        "path \"secret/data/shop/db\"");
    }

    private String policy(String settings) throws IOException {
        Path file = Files.writeString(
                folder.resolve("aws-secrets.yaml"),
                "sources:\n  - vault:\n      id: vault\n      url: \"" + backends.vault() + "\"\n"
                        + settings.indent(6)
                        + "credentials:\n  - string: {id: db, secret: \"vault:secret/shop/db#password\"}\n");
        Cli.Result result = Cli.run(
                Map.of(
                        "VAULT_TOKEN",
                        "demo-root-token",
                        "VAULT_ADDR",
                        backends.vault().toString()),
                new byte[0],
                "--config",
                file.toString(),
                "policy");
        assertThat(result.status()).as(result.err()).isZero();
        return result.out();
    }
}
