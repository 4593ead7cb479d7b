package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExecCommandTest {
    private static final String CREDENTIALS = """
            credentials:
              - dockerRegistry: {id: hub, registry: registry.example, username: "ssm:/ci/user", password: "sm:ci/docker#password"}
              - file: {id: key-file, fileName: id_rsa, content: "sm:ci/key"}
              - string: {id: nothing, secret: "sm:ci/empty", allowEmpty: true}
              - string: {id: nothing-allowed, secret: "sm:ci/empty"}
              - database: {id: orders, from: "sm:ci/orders"}
            """;

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    private String config;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
                ssm:
                  - {name: /ci/user, value: deploy-bot}
                  - {name: /ci/short, type: SecureString, value: ab}
                secretsManager:
                  - {name: ci/docker, json: {password: docker-canary-1}}
                  - {name: ci/key, string: "-----BEGIN KEY-----\\nkey-canary-2\\n-----END KEY-----\\n"}
                  - {name: ci/empty, string: ""}
                  - {name: ci/orders, json: {engine: postgres, host: db.example, port: 5432, dbname: orders, username: app, password: db-canary-3}}
                  - {name: ci/tagged, string: tagged-canary-4, tags: {"jenkins:credentials:type": string}}
                  - {name: ci/binary, binary: AAEC}
                vault:
                  mounts:
                    - {path: secret, type: kv, version: 2, secrets: [{path: ci/five, data: {a: va-canary, b: vb-canary, c: vc-canary, d: vd-canary, e: ve-canary}}]}
                    - {path: database, type: database, roles: {short: {ttl: 3s, fields: {username: "v-{{random}}", password: "{{random}}"}}}}
                """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void configure() throws IOException {
        config = demo.write(directory.resolve("aws-secrets.yaml"), CREDENTIALS);
        demo.backends().requests().clear();
    }

    @Test
    void theStatusIsTheCommands() {
        assertThat(exec("--", "sh", "-c", "exit 37").status()).isEqualTo(37);
        assertThat(exec("--", "true").status()).isZero();
    }

    @Test
    void aCommandThatASignalEndedGives128AndItsNumber() {
        assertThat(exec("--", "sh", "-c", "kill -9 $$").status()).isEqualTo(137);
    }

    @Test
    void wordsThatLookLikeOptionsAreTheCommands() {
        assertThat(exec("--", "echo", "--help", "--secret", "--", "x").out()).isEqualTo("--help --secret -- x\n");
        assertThat(exec("echo", "--debug").out()).isEqualTo("--debug\n");
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
    void errorOutputIsMaskedAsAStreamOfItsOwn() {
        Cli.Result result =
                exec("--secret", "P=sm:ci/docker#password", "--", "sh", "-c", "echo out $P; echo err $P >&2");

        assertThat(result.out()).isEqualTo("out ****\n");
        assertThat(result.err()).isEqualTo("err ****\n");
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
    void dockerIsLoggedInWhileTheCommandRunsAndNoLonger() throws IOException {
        Path seen = directory.resolve("seen");
        Cli.Result result = exec(
                "--credential",
                "hub",
                "--",
                "sh",
                "-c",
                "cp $DOCKER_CONFIG/config.json " + seen + "; echo $DOCKER_CONFIG > " + seen
                        + ".path; stat -c %a $DOCKER_CONFIG $DOCKER_CONFIG/.. $DOCKER_CONFIG/config.json");

        assertThat(result.out()).isEqualTo("700\n700\n600\n");
        JsonNode json = new ObjectMapper().readTree(seen.toFile());
        assertThat(Base64.getDecoder()
                        .decode(json.at("/auths/registry.example/auth").asText()))
                .asString()
                .isEqualTo("deploy-bot:docker-canary-1");
        assertThat(privateDirectory(seen)).doesNotExist();
    }

    @Test
    void filesAreGoneAfterAFailureToo() throws IOException {
        Path seen = directory.resolve("seen");
        Cli.Result result = exec(
                "--credential",
                "key-file=KEY",
                "--credential",
                "hub",
                "--",
                "sh",
                "-c",
                "cat $KEY; basename $KEY; echo $DOCKER_CONFIG > " + seen
                        + ".path; touch $DOCKER_CONFIG/more; chmod 500 $DOCKER_CONFIG; exit 3");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("****id_rsa\n");
        assertThat(privateDirectory(seen)).doesNotExist();
    }

    @Test
    void filesAreGoneWhenTheCommandCannotBeStarted() throws IOException {
        Path runtime = Files.createDirectory(directory.resolve("run"));
        Cli.Result result = Cli.run(
                Map.of("XDG_RUNTIME_DIR", runtime.toString()),
                new byte[0],
                "--config",
                config,
                "exec",
                "--credential",
                "hub",
                "--",
                "no-such-command-at-all");

        assertThat(result.status()).isEqualTo(127);
        assertThat(runtime).isEmptyDirectory();
    }

    @Test
    void aCommandThatIsNotThereGives127AndOneLine() {
        Cli.Result result = exec("--", "no-such-command-at-all");

        assertThat(result.status()).isEqualTo(127);
        assertThat(result.err())
                .matches("aws-secrets: command no-such-command-at-all: no such command[^\\n]*; [^\\n]*\\n");
    }

    @Test
    void aFileThatCannotBeExecutedGives126AndOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "x");

        assertThat(exec("--", file.toString()).status()).isEqualTo(126);
        assertThat(exec("--", directory.toString()).err()).matches("aws-secrets: command [^\\n]*; [^\\n]*\\n");
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

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains("variable DOCKER_PASSWORD", "another prefix or variable");
        assertThat(demo.backends().requests().all()).isEmpty();
    }

    @Test
    void aMalformedReferenceIsRefusedAndNotRepeated() {
        Cli.Result result = exec("--secret", "P=hunter2canary", "--", "true");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err())
                .isEqualTo("aws-secrets: option --secret P: position 14: no colon; expected a colon between source and"
                        + " name, as in sm:ci/docker\n");
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
    void outputOfAProcessThatOutlivesTheCommandALittleIsKept() {
        assertThat(exec("--", "sh", "-c", "sleep 0.2; (sleep 0.3; echo late) & echo early")
                        .out())
                .isEqualTo("early\nlate\n");
    }

    @Test
    void aProcessLeftBehindDoesNotHoldTheProgramUp() {
        Cli.Result result = exec("--", "sh", "-c", "sleep 0.2; sleep 300 & echo $!");

        assertThat(result.status()).isZero();
        assertThat(result.err()).contains("warning: processes that the command left running");
        assertThat(ProcessHandle.of(Long.parseLong(result.out().strip())))
                .hasValueSatisfying(left -> assertThat(left.destroy()).isTrue());
    }

    @Test
    void moreOutputThanAPipeHoldsComesWhole() {
        Cli.Result result = exec("--", "sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x");

        assertThat(result.output()).hasSize(3_000_000).containsOnly('x');
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

    @Test
    void aVariableThatIsTooLongForTheSystemIsToldSo() throws IOException {
        String value = "x".repeat(200_000);
        Seed seed = Seed.parse("vault: {mounts: [{path: secret, type: kv, version: 2, secrets: [{path: big, data: {a: "
                + value + "}}]}]}");
        try (DemoConfiguration big = new DemoConfiguration(seed)) {
            config = big.write(directory.resolve("big.yaml"), "");

            Cli.Result result = exec("--secret", "B=vault:secret/big", "--", "true");

            assertThat(result.status()).isEqualTo(126);
            assertThat(result.err())
                    .contains("longer than the system takes", "file credential")
                    .doesNotContain("xxx");
        }
    }

    private Cli.Result exec(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", config, "exec"));
        all.addAll(Arrays.asList(arguments));
        return Cli.run(all.toArray(String[]::new));
    }

    private static Path privateDirectory(Path seen) throws IOException {
        Path docker = Path.of(Files.readString(Path.of(seen + ".path"), StandardCharsets.UTF_8)
                .strip());
        return docker.getParent();
    }
}
