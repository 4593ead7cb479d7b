package io.jenkins.plugins.awssecrets.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.policy.IamStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PolicyCommandTest {
    private static final Seed SEED = Seed.parse("""
        ssm:
          - {name: /ci/user, value: canary}
          - {name: /ci/token, type: SecureString, value: canary, key: key/0a0a0a0a-0000-0000-0000-000000000001}
          - {name: /found/token, value: canary, tags: {"jenkins:credentials:type": string}}
        secretsManager:
          - {name: ci/docker, json: {password: canary}, key: key/0b0b0b0b-0000-0000-0000-000000000002}
          - {name: found/hub, string: canary, tags: {"jenkins:credentials:type": string}}
        vault:
          mounts:
            - path: secret
              secrets:
                - {path: ci/db, data: {password: canary}}
                - {path: found/one, data: {one: canary}, metadata: {"jenkins:credentials:type": string}}
            - {path: old, version: 1, secrets: [{path: app, data: {key: canary}}]}
            - {path: database, type: database, roles: {ci: {fields: {password: "canary-{{random}}"}}}}
        """);

    @TempDir
    Path directory;

    @Test
    void theIamPolicyIsEnoughAndEachStatementIsNeededAndNamed() throws IOException {
        List<IamStatement> least = LeastPolicies.iam(iam());

        assertThat(least)
                .extracting(IamStatement::sid)
                .containsExactlyInAnyOrder(
                        "ReadParameters",
                        "DecryptParameters",
                        "ReadDiscoveredParameters",
                        "ReadParameterTags",
                        "ListParameters",
                        "ReadSecrets",
                        "DecryptSecrets",
                        "ReadDiscoveredSecrets",
                        "ListSecrets");
        assertThat(checkWithIam(least).wrong()).isEmpty();
        for (IamStatement removed : least) {
            List<IamStatement> rest = new ArrayList<>(least);
            rest.remove(removed);
            assertThat(checkWithIam(rest).wrong())
                    .as("without %s", removed)
                    .isNotEmpty()
                    .allSatisfy(told -> assertThat(told.statement()).isEqualTo(removed.sid()))
                    .allSatisfy(told -> assertThat(told.permission()).hasValueSatisfying(lacking -> {
                        assertThat(removed.grants(lacking)).isTrue();
                        assertThat(rest).noneMatch(s -> s.grants(lacking));
                    }));
        }
    }

    @Test
    void statementsOfOnePurposeAreToldApart() throws IOException {
        Seed seed = Seed.parse("""
            secretsManager:
              - {name: web/token, string: canary, tags: {"jenkins:credentials:type": string, team: web}}
              - {name: shop/token, string: canary, tags: {"jenkins:credentials:type": string}}
            """);
        List<AwsSeed.Statement> withoutTheSecond = List.of(
                new AwsSeed.Statement(List.of("secretsmanager:ListSecrets"), null, null),
                new AwsSeed.Statement(List.of("secretsmanager:GetSecretValue"), null, List.of("*:secret:web/*")));
        try (DemoBackends backends = DemoBackends.start(seed.with(account(withoutTheSecond)))) {
            String config = write("""
                sources:
                  - secretsManager: {id: web, region: eu-west-1, endpoint: "%1$s", accessKeyId: AKIADEMO, secretAccessKey: canary, filter: {namePrefix: web/, tags: [{key: team, value: web}]}}
                  - secretsManager: {id: shop, region: eu-west-1, endpoint: "%1$s", accessKeyId: AKIADEMO, secretAccessKey: canary, filter: {namePrefix: shop/}}
                """.formatted(backends.secretsManager()));

            assertThat(CheckReport.of(Cli.run("--config", config, "check", "--json"))
                            .wrong())
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.of()).isEqualTo("credential shop/token");
                        assertThat(told.statement()).isEqualTo("ReadDiscoveredSecrets2");
                    });
            assertThat(Cli.run("--config", config, "check").out())
                    .contains("to the source's caller (statement ReadDiscoveredSecrets2 of policy)");
        }
    }

    @Test
    void noStatementIsNamedForAnExplicitDeny() throws IOException {
        List<AwsSeed.Statement> denied = List.of(
                new AwsSeed.Statement(List.of("*"), null, null),
                new AwsSeed.Statement(null, List.of("secretsmanager:GetSecretValue"), List.of("*:secret:ci/*")));
        try (DemoBackends backends = DemoBackends.start(SEED.with(account(denied)))) {
            assertThat(CheckReport.of(Cli.run("--config", write(aws(backends)), "check", "--json"))
                            .wrong())
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.of()).isEqualTo("credential docker");
                        assertThat(told.permission()).isPresent();
                        assertThat(told.statement()).isEmpty();
                    });
        }
    }

    @Test
    void theVaultPolicyIsEnoughAndEachCapabilityIsNeededAndNamed() throws IOException {
        List<LeastPolicies.Rule> least = LeastPolicies.vault(vault());

        assertThat(least)
                .extracting(LeastPolicies.Rule::path)
                .containsExactlyInAnyOrder(
                        "secret/data/ci/db",
                        "old/app",
                        "database/creds/ci",
                        "sys/leases/revoke",
                        "secret/data/found/*",
                        "secret/metadata/found/*");
        assertThat(checkWithVault(least).wrong()).isEmpty();
        for (LeastPolicies.Rule rule : least) {
            for (String capability : rule.capabilities()) {
                List<LeastPolicies.Rule> rest = new ArrayList<>(least);
                List<String> others = new ArrayList<>(rule.capabilities());
                others.remove(capability);
                rest.set(rest.indexOf(rule), new LeastPolicies.Rule(rule.path(), others));

                assertThat(checkWithVault(rest).wrong())
                        .as("without %s on %s", capability, rule.path())
                        .isNotEmpty()
                        .allSatisfy(told -> assertThat(told.permission())
                                .hasValueSatisfying(lacking -> assertThat(names(rule.path(), capability, lacking))
                                        .as("%s", lacking)
                                        .isTrue()));
            }
        }
    }

    private static boolean names(String path, String capability, Permission lacking) {
        return lacking.action().equals(capability)
                && (path.endsWith("*")
                        ? lacking.resource().startsWith(path.substring(0, path.length() - 1))
                        : lacking.resource().equals(path));
    }

    @Test
    void aRoleIsAssumedByItsLoginAndReadsByItself() throws IOException {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            String config = write("""
                sources:
                  - ssm: {region: eu-west-1, endpoint: "%1$s", stsEndpoint: "%2$s", accessKeyId: AKIADEMO, secretAccessKey: canary, assumeRole: {roleArn: "arn:aws:iam::123456789012:role/reader"}}
                credentials: [{string: {id: user, secret: "ssm:/ci/user"}}]
                discovery: {enabled: false}
                """.formatted(backends.ssm(), backends.sts()));

            Cli.Result both = Cli.run("--config", config, "policy");
            Cli.Result iamOnly = Cli.run("--config", config, "policy", "--format", "iam");

            assertThat(both.status()).as(both.err()).isZero();
            assertThat(both.out())
                    .contains("# IAM policy for the role arn:aws:iam::123456789012:role/reader (ssm)")
                    .contains("# IAM policy for the access key (ssm)")
                    .contains("\"sts:AssumeRole\"")
                    .contains("arn:aws:ssm:eu-west-1:123456789012:parameter/ci/user")
                    .doesNotContain("AKIADEMO", "canary");
            assertThat(iamOnly.status()).isEqualTo(64);
            assertThat(iamOnly.err()).contains("--source");
        }
    }

    @Test
    void withoutListingKeysAreNotKnownAndThatIsSaid() throws IOException {
        Seed poor = SEED.with(account(List.of(new AwsSeed.Statement(List.of("ssm:GetParameters"), null, null))));
        try (DemoBackends backends = DemoBackends.start(poor)) {
            String config = write(aws(backends));

            Cli.Result result = Cli.run("--config", config, "policy", "--format", "iam");

            assertThat(result.status()).isZero();
            assertThat(result.err()).contains("warning: ", "customer managed keys may be missing");
            assertThat(result.out()).contains("ssm:GetParameters").doesNotContain("kms:Decrypt");
        }
    }

    @Test
    void anArnWithoutItsEndIsCompletedFromTheListing() throws IOException {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            String config = write("""
                sources: [{secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: AKIADEMO, secretAccessKey: canary}}]
                credentials: [{string: {id: x, secret: "sm:arn:aws:secretsmanager:eu-west-1:123456789012:secret:ci/docker#password"}}]
                discovery: {enabled: false}
                """.formatted(backends.secretsManager()));

            assertThat(Cli.run("--config", config, "policy", "--format", "iam").out())
                    .containsPattern("secret:ci/docker-[a-z0-9]{6}\"");
        }
    }

    /** Parameter Store hands such a name on, and the caller needs both permissions. */
    @Test
    void aSecretByWayOfParameterStoreNeedsBothPermissions() throws IOException {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            String config = write("""
                sources: [{ssm: {region: eu-west-1, endpoint: "%s", accessKeyId: AKIADEMO, secretAccessKey: canary}}]
                credentials: [{string: {id: x, secret: "ssm:/aws/reference/secretsmanager/ci/a@b+c=d?version=AWSPREVIOUS"}}]
                discovery: {enabled: false}
                """.formatted(backends.ssm()));

            assertThat(Cli.run("--config", config, "policy", "--format", "iam").out())
                    .contains("ssm:GetParameters", "parameter/aws/reference/secretsmanager/ci/a@b+c=d\"")
                    .contains("secretsmanager:GetSecretValue", "secret:ci/a@b+c=d-??????\"");
        }
    }

    @Test
    void aKeyOfAnAliasIsAskedForByACondition() throws IOException {
        Seed seed = Seed.parse(
                "ssm: [{name: /ci/token, type: SecureString, value: canary, key: alias/ci}, {name: /ci/user, value:"
                        + " canary}]");
        try (DemoBackends backends = DemoBackends.start(seed)) {
            Cli.Result result = Cli.run("--config", write(aws(backends)), "policy", "--format", "iam");

            assertThat(result.out())
                    .contains("\"kms:ResourceAliases\" : \"alias/ci\"", "key/*")
                    .contains("\"kms:ViaService\" : \"ssm.eu-west-1.amazonaws.com\"");
        }
    }

    private String iam() throws IOException {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            Cli.Result result = Cli.run("--config", write(aws(backends)), "policy", "--format", "iam");
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.all()).doesNotContain("canary");
            return result.out();
        }
    }

    private CheckReport checkWithIam(List<IamStatement> statements) throws IOException {
        List<AwsSeed.Statement> seeded = statements.stream()
                .map(s -> new AwsSeed.Statement(s.actions(), null, s.resources()))
                .toList();
        try (DemoBackends backends = DemoBackends.start(SEED.with(account(seeded)))) {
            return CheckReport.of(Cli.run("--config", write(aws(backends)), "check", "--json"));
        }
    }

    private static AwsSeed account(List<AwsSeed.Statement> statements) {
        return new AwsSeed(
                null,
                null,
                List.of(new AwsSeed.AccessKey(
                        "AKIADEMO", Optional.empty(), Optional.empty(), "ci", false, Optional.of(List.of("least")))),
                null,
                Map.of("least", statements),
                null,
                null,
                null,
                null);
    }

    private static String aws(DemoBackends backends) {
        return """
            sources:
              - ssm: {region: eu-west-1, endpoint: "%1$s", accessKeyId: AKIADEMO, secretAccessKey: canary, filter: {pathPrefix: /found/}}
              - secretsManager: {region: eu-west-1, endpoint: "%2$s", accessKeyId: AKIADEMO, secretAccessKey: canary, filter: {namePrefix: found/}}
            credentials:
              - usernamePassword: {id: login, username: "ssm:/ci/user", password: "ssm:/ci/token"}
              - string: {id: docker, secret: "sm:ci/docker#password"}
            """.formatted(backends.ssm(), backends.secretsManager());
    }

    @Test
    void aVaultThatNothingRefersToHasNoPolicyToWrite() {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            Map<String, String> environment =
                    Map.of("VAULT_ADDR", backends.vault().toString(), "VAULT_TOKEN", "demo-root-token");

            for (String format : List.of("vault", "terraform")) {
                Cli.Result result =
                        Cli.run(environment, new byte[0], "policy", "--format", format, "--source", "vault");

                assertThat(result.out()).isEmpty();
                assertThat(result.err())
                        .startsWith("aws-secrets: policy: nothing that is in use needs one of the format " + format);
                assertThat(result.status()).isEqualTo(65);
            }
        }
    }

    private String vault() throws IOException {
        try (DemoBackends backends = DemoBackends.start(SEED)) {
            String config = write(vault(backends, "demo-root-token"));
            Cli.Result result = Cli.run("--config", config, "policy", "--format", "vault");
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.err()).isEmpty();
            return result.out();
        }
    }

    private CheckReport checkWithVault(List<LeastPolicies.Rule> rules) throws IOException {
        VaultSeed seed = SEED.vault();
        VaultSeed enforced = new VaultSeed(
                seed.rootToken(),
                List.of(new VaultSeed.Token("least", List.of("default", "least"), null, null, null)),
                Map.of(
                        "least",
                        rules.stream()
                                .map(r -> new VaultSeed.Rule(r.path(), r.capabilities()))
                                .toList()),
                seed.mounts(),
                null,
                null,
                null,
                null);
        try (DemoBackends backends = DemoBackends.start(SEED.with(enforced))) {
            return CheckReport.of(Cli.run("--config", write(vault(backends, "least")), "check", "--json"));
        }
    }

    private static String vault(DemoBackends backends, String token) {
        return """
            sources:
              - vault: {url: "%s", auth: {token: {token: "%s"}}, filter: {pathPrefix: secret/found}}
            credentials:
              - string: {id: db, secret: "vault:secret/ci/db#password"}
              - string: {id: app, secret: "vault:old/app#key"}
              - string: {id: leased, secret: "vault:database/creds/ci#password"}
            """.formatted(backends.vault(), token);
    }

    private String write(String config) throws IOException {
        return Files.writeString(directory.resolve("aws-secrets.yaml"), config).toString();
    }
}
