package io.jenkins.plugins.awssecrets.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No backend is there: what the rules say is known without one. */
class JobCheckTest {
    private static final String RULES = """
        unclassified:
          awsSecrets:
            sources:
              - secretsManager:
                  id: sm
                  allow:
                    - {names: ["ci/*", "team/${folder}/*"]}
                    - {names: ["prod/*"], jobs: ["shop/**"], branches: [main, "release/*"]}
            credentials:
              - database: {id: orders-db, from: "sm:prod/orders", allow: [{jobs: ["shop/**"], branches: [main]}]}
              - string: {id: open, secret: "sm:ci/open"}
              - string: {id: agents, secret: "sm:ci/agents", scope: SYSTEM}
        """;

    @TempDir
    Path directory;

    @Test
    void eachCredentialIsAllowedOrRefusedWithTheRule() throws IOException {
        Cli.Result result = run("check", "--job", "shop/web", "--branch", "feature/x");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("refused credential 'orders-db'")
                                .contains("job shop/web, branch feature/x")
                                .contains("rule 1 (jobs shop/**; branches main) needs a build of the branch main"),
                        line -> assertThat(line).startsWith("allowed credential 'open'"),
                        line -> assertThat(line)
                                .startsWith("refused credential 'agents'")
                                .contains("SYSTEM"));
    }

    @Test
    void aNamedReferenceThatIsRefusedIsAFailure() throws IOException {
        Cli.Result refused =
                run("check", "--job", "shop/web", "--branch", "PR-7", "--change-request", "sm:prod/orders#password");

        assertThat(refused.status()).isEqualTo(77);
        assertThat(refused.out())
                .contains("refused sm:prod/orders#password")
                .contains("rule 2")
                .contains("not of a change request");
        assertThat(run("check", "--job", "shop/web", "--branch", "main", "orders-db", "sm:prod/orders")
                        .status())
                .isZero();
    }

    @Test
    void theFoldersNameComesFromTheJob() throws IOException {
        assertThat(run("check", "--job", "shop/web", "sm:team/shop/x").status()).isZero();
        assertThat(run("check", "--job", "pay/web", "sm:team/shop/x").status()).isEqualTo(77);
        assertThat(run("check", "--job", "web", "sm:team/shop/x").status()).isEqualTo(77);
    }

    @Test
    void whatASystemCredentialTakesIsForNoJobUnderAnySpelling() throws IOException {
        assertThat(run("check", "--job", "shop/web", "sm:ci/agents#x").out()).contains("scope SYSTEM");
    }

    @Test
    void jsonHoldsTheSame() throws IOException {
        assertThat(run("check", "--json", "--job", "shop/web", "--branch", "main", "open")
                        .out())
                .contains("\"subject\" : \"credential 'open'\"")
                .contains("\"allowed\" : true");
    }

    @Test
    void aNameThatIsNeitherCredentialNorReferenceIsNotRepeated() throws IOException {
        Cli.Result result = run("check", "--job", "shop/web", "pasted-canary");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).doesNotContain("canary");
    }

    @Test
    void withoutAJobItHasNoBranch() throws IOException {
        assertThat(run("check", "--branch", "main").status()).isEqualTo(64);
    }

    @Test
    void policyListsTheRulesBesideTheStatements() throws IOException {
        Cli.Result result = run("policy", "--source", "sm");

        assertThat(result.out())
                .contains("\"secretsmanager:GetSecretValue\"")
                .contains("# Rules in Jenkins")
                .contains("source sm, direct references: names ci/*, team/${folder}/*\n")
                .contains("source sm, direct references: names prod/*; jobs shop/**; branches main, release/*\n")
                .contains("credential orders-db: jobs shop/**; branches main\n")
                .contains("credential open: any build that sees it\n")
                .contains("credential agents: Jenkins itself and its agents\n");
    }

    private Cli.Result run(String... arguments) throws IOException {
        Path file = Files.writeString(
                directory.resolve("rules.yaml"),
                RULES.replace(
                        "id: sm\n",
                        "id: sm\n          region: eu-west-1\n          endpoint: http://127.0.0.1:1\n"
                                + "          accessKeyId: AKIAEXAMPLE\n          secretAccessKey: none\n"));
        List<String> all = new ArrayList<>(List.of("--config", file.toString(), "--timeout", "2"));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray(String[]::new));
    }
}
