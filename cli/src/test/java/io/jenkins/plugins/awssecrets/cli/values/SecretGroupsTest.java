package io.jenkins.plugins.awssecrets.cli.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecretGroupsTest {
    private final DemoConfiguration demo = new DemoConfiguration(Seed.parse("""
        ssm:
          - {name: /ci/app/token, value: t-canary}
          - {name: /ci/app/db/user, value: u-canary}
          - {name: /ci/apple, value: a-canary}
        secretsManager: [{name: ci/docker, json: {user: d-canary, password: p-canary}}]
        vault: {mounts: [{path: secret, secrets: [{path: db, data: {host: h-canary}}]}]}
        """));

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        demo.close();
    }

    @Test
    void parametersBelowAPathAndMembersOfSecretsAreBoundAndMasked() throws IOException {
        Cli.Result result = exec(
                List.of("APP_=ssm:/ci/app/", "HUB_=sm:ci/docker", "=vault:secret/db"),
                "echo ${#APP_TOKEN} ${#APP_DB_USER} ${#HUB_USER} ${#HUB_PASSWORD} ${#HOST} ${#APP_APPLE};"
                        + " echo $APP_TOKEN $HUB_PASSWORD $HOST");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("8 8 8 8 8 0\n**** **** ****\n");
    }

    @Test
    void aClashIsRefusedBeforeAnyValueIsRead() throws IOException {
        Cli.Result result = exec(List.of("HUB_=ssm:/ci/app/", "HUB_=ssm:/ci/app/"), "true");

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).contains("variable HUB_");
        assertThat(demo.backends().requests().count(Service.SSM, "GetParameters"))
                .isZero();
    }

    @Test
    void aPathWithNothingBelowItIsNotFound() throws IOException {
        assertThat(exec(List.of("X_=ssm:/ci/none/"), "true").status()).isEqualTo(66);
    }

    private Cli.Result exec(List<String> groups, String script) throws IOException {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("--config", demo.write(directory.resolve("aws-secrets.yaml"), ""), "exec"));
        groups.forEach(group -> arguments.addAll(List.of("--secrets", group)));
        arguments.addAll(List.of("--", "sh", "-c", script));
        return Cli.run(arguments.toArray(String[]::new));
    }
}
