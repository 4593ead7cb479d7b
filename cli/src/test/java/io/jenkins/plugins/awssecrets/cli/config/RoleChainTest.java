package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code assumeRole} as one role and as a list of roles, where the second one trusts the first alone. */
@Timeout(60)
class RoleChainTest {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
            aws:
              roles:
                - {arn: "arn:aws:iam::123456789012:role/first", externalId: ours}
                - {arn: "arn:aws:iam::123456789012:role/second", trusts: ["arn:aws:sts::123456789012:assumed-role/first/*"]}
            ssm: [{name: /ci/a, value: chained}]
            """));

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void rolesOfAListAreAssumedEachWithTheOneBefore() throws IOException {
        Cli.Result result = get("""
                [{roleArn: "arn:aws:iam::123456789012:role/first", externalId: ours},
                           {roleArn: "arn:aws:iam::123456789012:role/second"}]""");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("chained");
        assertThat(backends.requests().count(Service.STS, "AssumeRole")).isEqualTo(2);
    }

    @Test
    void aSingleRoleNeedsNoList() throws IOException {
        assertThat(get("{roleArn: \"arn:aws:iam::123456789012:role/first\", externalId: ours}")
                        .out())
                .isEqualTo("chained");
    }

    @Test
    void theSecondRoleAloneIsRefused() throws IOException {
        Cli.Result result = get("[{roleArn: \"arn:aws:iam::123456789012:role/second\"}]");

        assertThat(result.status()).isEqualTo(ExitCode.DENIED);
        assertThat(result.err()).contains("role arn:aws:iam::123456789012:role/second");
    }

    private Cli.Result get(String assumeRole) throws IOException {
        Path file = Files.writeString(
                directory.resolve("aws-secrets.yaml"), """
                sources:
                  - ssm:
                      region: eu-west-1
                      endpoint: "%s"
                      stsEndpoint: "%s"
                      accessKeyId: demo
                      secretAccessKey: demo
                      assumeRole: %s
                """.formatted(backends.ssm(), backends.sts(), assumeRole));
        return Cli.run("--config", file.toString(), "get", "ssm:/ci/a");
    }
}
