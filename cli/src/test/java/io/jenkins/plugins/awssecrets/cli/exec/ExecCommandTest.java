package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Await;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code exec} binds, and from where. */
@Timeout(60)
class ExecCommandTest {

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private String config;

    @BeforeAll
    static void start() {
        demo = ExecDemo.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void configure() throws IOException {
        config = demo.write(directory.resolve("aws-secrets.yaml"), ExecDemo.CREDENTIALS);
        demo.backends().requests().clear();
    }

    @Test
    void fieldsComeFromSeveralSourcesAndSecretsAreMasked() {
        Cli.Result result = exec(
                "--credential", "hub", "--", "sh", "-c", "echo \"$DOCKER_REGISTRY $DOCKER_USERNAME $DOCKER_PASSWORD\"");

        assertThat(result.out()).isEqualTo("registry.example deploy-bot ****\n");
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aPrefixNamesTheVariables() {
        Cli.Result result = exec(
                "--credential",
                "orders=ORDERS",
                "--",
                "sh",
                "-c",
                "echo $ORDERS_PASSWORD; test $ORDERS_URL = jdbc:postgresql://db.example:5432/orders");

        assertThat(result.out()).isEqualTo("****\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void aVariableOfTheSameNameIsReplaced() {
        Cli.Result result = exec("--secret", "HOME=ssm:/ci/user", "--", "sh", "-c", "test $HOME = deploy-bot");

        assertThat(result.status()).isZero();
    }

    @Test
    void anOrdinaryWordIsMaskedAndNamedByItsVariable() {
        Cli.Result result = exec("--secret", "BRANCH=ssm:/ci/branch", "--", "sh", "-c", "echo $BRANCH");

        assertThat(result.out()).isEqualTo("****\n");
        assertThat(result.err())
                .contains("warning", "variable BRANCH: its value is an ordinary word or a short number")
                .doesNotContain("main");
        assertThat(exec("--no-mask", "--secret", "BRANCH=ssm:/ci/branch", "--", "sh", "-c", "true")
                        .err())
                .isEmpty();
    }

    @Test
    void aValueTooShortToBeMaskedIsNamedByItsVariable() {
        Cli.Result result = exec("--secret", "S=ssm:/ci/short", "--", "sh", "-c", "echo $S");

        assertThat(result.out()).isEqualTo("ab\n");
        assertThat(result.err())
                .startsWith("aws-secrets: warning: variable S: ")
                .contains("not masked");
    }

    @Test
    void anEmptyValueIsAnErrorUnlessItIsDeclared() {
        assertThat(exec("--credential", "nothing-allowed=N", "--", "true"))
                .satisfies(r -> assertThat(r.status()).isEqualTo(70))
                .satisfies(
                        r -> assertThat(r.err()).contains("string 'nothing-allowed', secret", "empty", "allowEmpty"));
        assertThat(exec("--credential", "nothing=N", "--", "sh", "-c", "test \"${N-unset}\" = ''")
                        .status())
                .isZero();
    }

    @Test
    void aValueWithANulIsRefusedByItsVariable() {
        Cli.Result result = exec("--secret", "B=sm:ci/binary", "--", "true");

        assertThat(result.status()).isEqualTo(70);
        assertThat(result.err()).contains("variable B: its value has a NUL byte", "file or certificate credential");
    }

    @Test
    void aDiscoveredCredentialIsBoundByItsId() {
        Cli.Result result = exec("--credential", "ci/tagged=T", "--", "sh", "-c", "echo $T");

        assertThat(result.out()).isEqualTo("****\n");
    }

    @Test
    void aCredentialNobodyKnowsIsNoSuchSecret() {
        Cli.Result result = exec("--credential", "nobody", "--", "true");

        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err()).contains("credential nobody: neither declared nor discovered");
    }

    @Test
    void declaredCredentialsNeedNoListing() {
        exec("--credential", "hub", "--", "true");

        assertThat(demo.backends().requests().all())
                .extracting(RecordedRequest::operation)
                .containsExactlyInAnyOrder("GetParameters", "GetSecretValue");
    }

    @Test
    void twoBindingsOfOneVariableAreRefusedBeforeAnythingIsFetched() {
        Cli.Result result = exec("--credential", "hub", "--secret", "DOCKER_PASSWORD=sm:ci/key", "--", "true");

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).contains("variable DOCKER_PASSWORD", "another prefix or variable");
        assertThat(demo.backends().requests().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--secret hunter2-canary=sm:ci/key",
                "--secret =sm:ci/key",
                "--secret 1A=sm:ci/key",
                "--secret hunter2canary",
                "--credential hub=hunter2-canary",
                "--credential hub=",
                "--credential hub=1A",
            })
    void whatIsNoVariablesNameIsRefusedBeforeAnythingIsFetchedAndNotRepeated(String option) {
        Cli.Result result = exec((option + " -- true").split(" "));

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err())
                .startsWith("aws-secrets: " + option.split(" ")[0].replaceFirst("^", "option "))
                .doesNotContain("hunter2");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(demo.backends().requests().all()).isEmpty();
    }

    @Test
    void oneErrorNamesEachReferenceThatFailedWhetherTheSecretOrItsFieldIsMissing() {
        Cli.Result result = exec(
                "--secret",
                "A=sm:none",
                "--secret",
                "B=sm:ci/docker#absent",
                "--secret",
                "C=vault:secret/none#x",
                "--",
                "true");

        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err())
                .contains("3 references failed", ") sm:none: ", ") sm:ci/docker#absent: ", ") vault:secret/none: ");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void oneErrorNamesEachFieldThatIsMissingWhereAllSecretsAreThere() {
        Cli.Result result =
                exec("--secret", "A=sm:ci/docker#absent", "--secret", "B=sm:ci/docker#/other", "--", "true");

        assertThat(result.status()).isEqualTo(66);
        assertThat(result.err()).contains("2 references failed", ") sm:ci/docker#absent: ", ") sm:ci/docker#/other: ");
    }

    @Test
    void eachFieldThatACredentialLacksIsNamedAndAWholeSecretThatIsWrongOnce() {
        assertThat(exec("--credential", "too-little", "--", "true").err())
                .contains("2 references failed", "'too-little', username: ", "'too-little', password: ");
        assertThat(exec("--credential", "no-json", "--", "true").err())
                .startsWith("aws-secrets: database 'no-json', ")
                .containsOnlyOnce("sm:ci/key");
    }

    @Test
    void aMalformedReferenceIsRefusedAndNotRepeated() {
        Cli.Result result = exec("--secret", "P=hunter2canary", "--", "true");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err())
                .isEqualTo("aws-secrets: option --secret P: position 14: no colon. Expected a colon between source and"
                        + " name, as in sm:ci/docker; this field takes a reference to the secret, not the secret"
                        + " itself\n");
    }

    @Test
    void aSecretWithoutAVariableIsAUsageErrorAndNotRepeated() {
        Cli.Result result = exec("--secret", "hunter2canary", "--", "true");

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).contains("--secret", "VAR=REF").doesNotContain("hunter2");
    }

    @Test
    void fortyReferencesAndFiveFieldsTakeFourDataCalls() throws IOException {
        Seed seed = Seed.empty();
        List<String> arguments = new ArrayList<>();
        for (int i : IntStream.range(0, 20).toArray()) {
            seed = seed.parameter("/n/p" + i, "value-p" + i).secret("n/s" + i, "value-s" + i);
            arguments.addAll(List.of("--secret", "P" + i + "=ssm:/n/p" + i, "--secret", "S" + i + "=sm:n/s" + i));
        }
        Seed vault = Seed.parse("""
            vault:
              mounts:
                - {path: secret, type: kv, version: 2, secrets: [{path: five, data: {a: xxa, b: xxb, c: xxc, d: xxd, e: xxe}}]}
            """);
        for (String field : List.of("a", "b", "c", "d", "e")) {
            arguments.addAll(List.of("--secret", "V" + field + "=vault:secret/five#" + field));
        }
        arguments.addAll(List.of("--", "sh", "-c", "test $P19$S19$Ve = value-p19value-s19xxe"));
        try (DemoConfiguration many = new DemoConfiguration(seed.with(vault.vault()))) {
            config = many.write(directory.resolve("many.yaml"), "");

            assertThat(exec(arguments.toArray(String[]::new)).status()).isZero();

            assertThat(many.backends().requests().count(Service.SSM, "GetParameters"))
                    .isEqualTo(2);
            assertThat(many.backends().requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                    .isEqualTo(1);
            assertThat(many.backends().requests().count(Service.VAULT, "read")).isEqualTo(1);
            assertThat(many.backends().requests().to(Service.SSM)).hasSize(2);
            assertThat(many.backends().requests().to(Service.SECRETS_MANAGER)).hasSize(1);
        }
    }

    @Test
    void aLeaseIsRenewedWhileTheCommandRunsAndRevokedAfterIt() throws Exception {
        Path renewed = directory.resolve("renewed");
        Thread watcher = new Thread(() -> {
            Await.until(() -> demo.backends().requests().count(Service.VAULT, "lease-renew") > 0);
            try {
                Files.createFile(renewed);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        watcher.setDaemon(true);
        watcher.start();
        Cli.Result result = exec(
                "--secret",
                "U=vault:database/creds/short#username",
                "--secret",
                "P=vault:database/creds/short#password",
                "--",
                "sh",
                "-c",
                "echo $U $P; until test -e " + renewed + "; do sleep 0.1; done");
        watcher.join();

        assertThat(result.out()).isEqualTo("**** ****\n");
        assertThat(result.err()).isEmpty();
        assertThat(demo.backends().requests().count(Service.VAULT, "read")).isEqualTo(1);
        assertThat(demo.backends().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(1);
    }

    @Test
    void everyByteOfAValueReachesTheCommand() throws IOException {
        Map<String, byte[]> values = ExactValues.BY_NAME;
        try (DemoConfiguration exact = new DemoConfiguration(ExactValues.seed())) {
            config = exact.write(directory.resolve("exact.yaml"), "");
            Path seen = directory.resolve("environment");
            List<String> arguments = new ArrayList<>(ExactValues.arguments());
            arguments.addAll(List.of("--", "sh", "-c", "env -0 > " + seen));

            assertThat(exec(arguments.toArray(String[]::new)).status()).isZero();

            Map<String, byte[]> environment = ExactValues.read(seen);
            values.forEach(
                    (name, value) -> assertThat(environment.get(name)).as(name).isEqualTo(value));
        }
    }

    private Cli.Result exec(String... arguments) {
        return ExecDemo.exec(config, arguments);
    }
}
