package io.jenkins.plugins.awssecrets.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.policy.IamPolicy;
import io.jenkins.plugins.awssecrets.engine.policy.IamStatement;
import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureCodeTest {
    private static final IamPolicy POLICY = new IamPolicy(
            "the login\nof ssm",
            List.of("ssm", "sm"),
            List.of(new IamStatement(
                    "ReadSecrets", List.of("secretsmanager:GetSecretValue"), List.of("arn:${x}"), Map.of())),
            List.of());

    @TempDir
    Path directory;

    @Test
    void cloudFormationGetsAManagedPolicyForEachCallerByAnIdOfItsOwn() throws IOException {
        IamPolicy alike = new IamPolicy("role b", List.of("ssm-sm"), POLICY.statements(), List.of());

        JsonNode template = new ObjectMapper().readTree(InfrastructureCode.cloudFormation(List.of(POLICY, alike)));

        assertThat(template.path("Resources").fieldNames())
                .toIterable()
                .containsExactly("JenkinsSsmSm", "JenkinsSsmSm2");
        JsonNode resource = template.at("/Resources/JenkinsSsmSm");
        assertThat(resource.path("Type").asText()).isEqualTo("AWS::IAM::ManagedPolicy");
        assertThat(resource.at("/Properties/Description").asText()).isEqualTo("For the login of ssm");
        assertThat(resource.at("/Properties/PolicyDocument")).isEqualTo(new ObjectMapper().readTree(POLICY.json()));
    }

    @Test
    void terraformGetsAResourceForEachCallerWhoseTextIsNoTemplateOfItsOwn() {
        VaultPolicy vault =
                new VaultPolicy("vault", List.of(new VaultPolicy.Rule("secret/data/ci/*", List.of("read"))), List.of());

        String code = InfrastructureCode.terraform(List.of(POLICY), List.of(vault));

        assertThat(code)
                .startsWith("# For the login of ssm\nresource \"aws_iam_policy\" \"ssm-sm\" {\n")
                .contains("\"arn:$${x}\"", "\nPOLICY\n}\n\nresource \"vault_policy\" \"vault\" {\n")
                .contains(vault.hcl());
    }

    @Test
    void terraformParsesIt() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "terraform"))),
                "terraform is not installed");
        Process process = new ProcessBuilder("terraform", "fmt", "-check", "-").start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(InfrastructureCode.terraform(List.of(POLICY), List.of()).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(process.waitFor()).isZero();
    }

    @Test
    void theCommandPrintsTheSameStatementsInEachFormat() throws IOException {
        try (DemoConfiguration demo = new DemoConfiguration(Seed.parse("ssm: [{name: /ci/user, value: canary}]"))) {
            String config = demo.write(
                    directory.resolve("c.yaml"),
                    "credentials: [{string: {id: user, secret: \"ssm:/ci/user\"}}]\ndiscovery: {enabled: false}\n");

            Cli.Result iam = Cli.run("--config", config, "policy", "--format", "iam", "--source", "ssm");
            Cli.Result template = Cli.run("--config", config, "policy", "--format", "cloudformation");
            Cli.Result resources = Cli.run("--config", config, "policy", "--format", "terraform");

            assertThat(template.status()).as(template.err()).isZero();
            assertThat(new ObjectMapper().readTree(template.output()).findValue("PolicyDocument"))
                    .isEqualTo(new ObjectMapper().readTree(iam.output()));
            assertThat(resources.out()).contains(iam.out());
            assertThat(Cli.run("--config", config, "policy", "--format", "hcl").status())
                    .isEqualTo(64);
        }
    }
}
