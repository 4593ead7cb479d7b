package io.jenkins.plugins.awssecrets.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of a Jenkins whose builds read as themselves, on the command line. */
class BuildRolePolicyTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/build";

    private final DemoBackends backends =
            DemoBackends.start(Seed.empty().secret("shop/a", "canary-of-shop").secret("pay/a", "canary-of-pay"));

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void theControllersPolicyAssumesAndListsAndTheRolesReads() throws Exception {
        Cli.Result result = Cli.run("--config", configuration(ROLE), "policy");

        assertThat(result.status()).as(result.err()).isZero();
        String controller = part(result.out(), "# IAM policy for the access key");
        assertThat(controller)
                .contains("sts:AssumeRole", "sts:TagSession", ROLE, "secretsmanager:ListSecrets")
                .doesNotContain("GetSecretValue");
        assertThat(part(result.out(), "# IAM policy for the role " + ROLE))
                .contains("secretsmanager:GetSecretValue", "secret:shop/a")
                .doesNotContain("ListSecrets", "sts:");
        assertThat(part(result.out(), "# Trust policy of the role " + ROLE))
                .contains("\"sts:AssumeRole\", \"sts:TagSession\"", "\"sts:ExternalId\" : \"ours\"");
        assertThat(part(result.out(), "# Instead of naming each secret"))
                .contains("secret:${aws:PrincipalTag/jenkins-folder}/*");
    }

    @Test
    void aRunAssumesTheRoleForItself() throws Exception {
        Cli.Result result = Cli.run("--config", configuration(ROLE), "get", "sm:shop/a");

        assertThat(result.out()).as(result.err()).contains("canary-of-shop");
        assertThat(backends.requests().to(Service.STS)).singleElement().satisfies(login -> assertThat(login.details())
                .doesNotContainKey("jenkins-folder"));
    }

    @Test
    void aRoleThatIsNamedAfterTheBuildIsForJenkinsAlone() throws Exception {
        String config = configuration("arn:aws:iam::123456789012:role/${folder}");

        assertThat(Cli.run("--config", config, "policy").out()).contains("arn:aws:iam::123456789012:role/*");
        Cli.Result read = Cli.run("--config", config, "get", "sm:shop/a");
        assertThat(read.status()).isNotZero();
        assertThat(read.err()).contains("each build reads from it as itself");
        assertThat(backends.requests().to(Service.STS)).isEmpty();
    }

    @Test
    void whatOnlyBuildsMayReadIsANoteAndNoFailure() throws Exception {
        Cli.Result result = Cli.run("--config", configuration("arn:aws:iam::123456789012:role/${folder}"), "check");

        assertThat(result.status()).as(result.out()).isZero();
        assertThat(result.out()).contains("note    credential a: source sm: each build reads from it as itself");
        assertThat(backends.requests().to(Service.STS)).isEmpty();
    }

    private static String part(String text, String title) {
        int begin = text.indexOf(title);
        assertThat(begin).as(title + " in " + text).isNotNegative();
        int end = text.indexOf("\n# ", begin + 1);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }

    private String configuration(String role) throws IOException {
        return Files.writeString(
                        folder.resolve("jenkins.yaml"), """
                            sources:
                              - secretsManager:
                                  id: sm
                                  region: eu-west-1
                                  endpoint: "%s"
                                  stsEndpoint: "%s"
                                  accessKeyId: AKIADEMO
                                  secretAccessKey: any
                                  assumeRole: {roleArn: "%s", externalId: ours, perBuild: true, tags: true}
                            credentials:
                              - string: {id: a, secret: "sm:shop/a"}
                            """.formatted(backends.secretsManager(), backends.sts(), role))
                .toString();
    }
}
