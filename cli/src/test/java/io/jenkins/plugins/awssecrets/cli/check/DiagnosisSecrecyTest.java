package io.jenkins.plugins.awssecrets.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, keys, tokens, tags' values and backends' answers hold the word canary, and no command tells it. */
@Timeout(300)
class DiagnosisSecrecyTest {
    private static final List<String[]> COMMANDS = List.of(
            new String[] {"check"},
            new String[] {"check", "--json"},
            new String[] {"policy"},
            new String[] {"advise"},
            new String[] {"advise", "--json"});

    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
                aws: {accessKeys: [{id: AKIADEMO, secret: key-canary}]}
                ssm:
                  - {name: /ci/a, type: SecureString, value: a-canary, tags: {"jenkins:credentials:type": canary}}
                  - {name: /ci/json, value: '{"password": "j-canary"}'}
                secretsManager:
                  - {name: ci/b, json: {password: b-canary}, tags: {"jenkins:credentials:type": canary, team: canary}}
                  - {name: ci/binary, binary: Y2FuYXJ5/w==, tags: {"jenkins:credentials:type": string, team: web}}
                  - {name: ci/user, string: u-canary, tags: {"jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": name-canary}}
                vault:
                  rootToken: root-canary
                  mounts:
                    - path: secret
                      secrets:
                        - {path: c, data: {password: c-canary, user: v-canary}, metadata: {"jenkins:credentials:type": canary}}
                    - {path: database, type: database, roles: {ci: {fields: {password: "canary-{{random}}"}}}}
                """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @AfterEach
    void fix() {
        demo.backends().faults().clear();
    }

    @Test
    void whatWorksAndWhatDoesNotIsToldWithoutAnyValue() throws IOException {
        assertThat(everything("20"))
                .contains("memberNotNamed", "typeUnknown", "binary")
                .doesNotContain("canary");
    }

    static Stream<Arguments> faults() {
        List<Arguments> all = new ArrayList<>();
        for (Service service : List.of(Service.SSM, Service.SECRETS_MANAGER, Service.VAULT)) {
            for (Fault fault : List.of(
                    Fault.denied().saying("body-canary"),
                    Fault.error(Fault.Cause.BAD_REQUEST).saying("body-canary"),
                    Fault.error(Fault.Cause.NOT_FOUND).saying("body-canary"),
                    Fault.malformedJson("body-canary"),
                    Fault.wrongContentType("body-canary"))) {
                all.add(Arguments.of(service, fault));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatABackendAnswersIsNotRepeated(Service service, Fault fault) throws IOException {
        demo.backends().faults().inject(service, fault);

        assertThat(everything("5")).doesNotContain("canary");
    }

    private String everything(String timeout) throws IOException {
        String config = Files.writeString(directory.resolve("aws-secrets.yaml"), """
                sources:
                  - ssm: {region: eu-west-1, endpoint: "%1$s", accessKeyId: AKIADEMO, secretAccessKey: key-canary}
                  - secretsManager: {region: eu-west-1, endpoint: "%2$s", accessKeyId: AKIADEMO, secretAccessKey: key-canary, filter: {tags: [{key: team, value: web}]}}
                  - vault: {url: "%3$s", auth: {token: {token: root-canary}}, filter: {pathPrefix: secret}}
                credentials:
                  - string: {id: a, secret: "ssm:/ci/a"}
                  - string: {id: j, secret: "ssm:/ci/json#passwort"}
                  - string: {id: b, secret: "sm:ci/b#password"}
                  - string: {id: c, secret: "vault:secret/c"}
                  - string: {id: d, secret: "vault:database/creds/ci#password"}
                """.formatted(
                                demo.backends().ssm(),
                                demo.backends().secretsManager(),
                                demo.backends().vault()))
                .toString();
        StringBuilder printed = new StringBuilder();
        for (String[] command : COMMANDS) {
            List<String> arguments = new ArrayList<>(List.of("--config", config, "--timeout", timeout, "--debug"));
            arguments.addAll(List.of(command));
            printed.append(Cli.run(arguments.toArray(String[]::new)).all());
        }
        return printed.toString();
    }
}
