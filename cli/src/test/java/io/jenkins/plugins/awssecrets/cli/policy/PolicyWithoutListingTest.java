package io.jenkins.plugins.awssecrets.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the caller may not list, nobody says the six characters at the end of a secret's ARN. */
class PolicyWithoutListingTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";

    private final DemoConfiguration demo =
            new DemoConfiguration(Seed.parse("secretsManager: [{name: ci/docker, json: {password: canary}}]"));

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        demo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sm:ci/docker#password, ci/docker-??????",
        "sm:ci/gone, ci/gone-??????",
        "sm:rds!cluster-1#password, rds!cluster-1-??????",
        "sm:app-AbCdEf, app-AbCdEf-??????",
        "sm:ARN/ci/docker, ci/docker-??????",
        "sm:ARN/ci/docker-AbCdEf, ci/docker-AbCdEf",
        "ssm:/aws/reference/secretsmanager/ci/docker, ci/docker-??????",
    })
    void theArnHasAPatternForThem(String reference, String end) throws IOException {
        demo.backends().faults().inject(Service.SECRETS_MANAGER, "ListSecrets", Fault.denied());
        demo.backends().faults().inject(Service.SECRETS_MANAGER, "DescribeSecret", Fault.denied());
        String config = demo.write(
                directory.resolve("aws-secrets.yaml"),
                "credentials: [{string: {id: x, secret: \"" + reference.replace("ARN/", ARN)
                        + "\"}}]\ndiscovery: {enabled: false}\n");

        assertThat(Cli.run("--config", config, "policy", "--format", "iam").out())
                .contains(":secret:" + end + "\"")
                .doesNotContain("canary");
    }
}
