package io.jenkins.plugins.awssecrets.cli.exec;

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

/** A dynamic secret that was made for a command which is not started, since another secret is missing. */
@Timeout(60)
class DroppedLeaseTest {
    private static final String PATH = "vault:database/creds/readonly#password";

    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
        vault:
          policies:
            reader: [{path: database/creds/readonly, capabilities: [read]}]
            careful: [{path: sys/leases/revoke, capabilities: [update]}]
          tokens:
            - {id: token-canary-1, policies: [default, reader, careful]}
            - {id: token-canary-2, policies: [default, reader]}
          mounts:
            - {path: database, type: database, roles: {readonly: {ttl: 1h, fields: {password: "value-canary"}}}}
        """));

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void itsLeaseIsRevokedAtOnce() throws IOException {
        Cli.Result result = exec("token-canary-1");

        assertThat(result.status()).isEqualTo(ExitCode.NO_SUCH_SECRET);
        assertThat(result.err()).startsWith("aws-secrets: ssm:/gone: ").hasLineCount(1);
        assertThat(backends.requests().count(Service.VAULT, "lease-revoke")).isEqualTo(1);
    }

    @Test
    void whereThatIsDeniedTheFailureStaysTheSameAndAWarningFollows() throws IOException {
        Cli.Result result = exec("token-canary-2");

        assertThat(result.status()).isEqualTo(ExitCode.NO_SUCH_SECRET);
        assertThat(result.err().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("aws-secrets: ssm:/gone: "))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("aws-secrets: warning: source vault: an unused lease of 3600 s")
                        .contains("could not be revoked", "sys/leases/revoke"));
        assertThat(result.err()).doesNotContain("canary");
    }

    private Cli.Result exec(String token) throws IOException {
        Path file = Files.writeString(
                directory.resolve("aws-secrets.yaml"), """
                    sources:
                      - ssm: {region: eu-west-1, endpoint: "%s", accessKeyId: demo, secretAccessKey: demo}
                      - vault: {url: "%s", auth: {token: {token: "%s"}}}
                    """.formatted(backends.ssm(), backends.vault(), token));
        return Cli.run(
                "--config", file.toString(), "exec", "--secret", "A=ssm:/gone", "--secret", "B=" + PATH, "--", "true");
    }
}
