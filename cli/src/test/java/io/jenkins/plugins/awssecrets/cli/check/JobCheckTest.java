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

    private static final String PER_BUILD = """
        defaultSources: false
        sources:
          - secretsManager:
              id: tagged
              assumeRole: {roleArn: "arn:aws:iam::123456789012:role/jenkins/^${folder}", perBuild: true, tags: true}
              allow: [{names: ["/**"]}]
          - ssm:
              id: exact
              assumeRole: {roleArn: "arn:aws:iam::123456789012:role/builds", perBuild: true, exactPolicy: true}
              allow: [{names: ["/**"]}]
          - ssm:
              id: token
              webIdentity: {roleArn: "arn:aws:iam::123456789012:role/of/^${job}", credentialsId: id-token, tokenVariable: T}
          - ssm: {id: shared}
          - vault:
              id: jwt
              url: "https://vault.example:8200"
              auth: {jwt: {role: "jenkins-^${folder}", credentialsId: id-token, perBuild: true, tokenVariable: T}}
          - vault:
              id: child
              url: "https://vault.example:8200"
              auth: {token: {token: made-up}}
              perBuild: {policies: ["jenkins-^${folder}", "job/^${job}"], tokenRole: jenkins}
        credentials:
          - string: {id: tagged-one, secret: "tagged:a"}
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
    void whoBuildsReadAsIsSaidForEachSourceThatTellsThemApart() throws IOException {
        Cli.Result result = perBuild("--job", "shop/web", "--branch", "feature/x");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out().lines().skip(1))
                .containsExactly(
                        "allowed source tagged: build 1 reads as role arn:aws:iam::123456789012:role/jenkins/shop,"
                                + " session shop-web-feature-2Fx-1, session tags jenkins-branch=feature/x,"
                                + " jenkins-folder=shop, jenkins-job=shop/web; the controller's own login reads no secret"
                                + " of this source",
                        "allowed source exact: build 1 reads as role arn:aws:iam::123456789012:role/builds, session"
                                + " shop-web-feature-2Fx-1, limited to what the build asks for; the controller's own"
                                + " login reads no secret of this source",
                        "allowed source token: build 1 reads as role arn:aws:iam::123456789012:role/of/shop/web,"
                                + " session shop-web-feature-2Fx-1; the controller's own login reads no secret of this"
                                + " source",
                        "allowed source jwt: build 1 reads as role jenkins-shop at auth/jwt; the controller's own login"
                                + " reads no secret of this source",
                        "allowed source child: build 1 reads as a token with policies jenkins-shop, job/shop/web; the"
                                + " controller's own login reads no secret of this source");
    }

    @Test
    void aJobWhoseNamesDoNotFitIsRefusedAndAFailureWhereTheSourceIsAskedAbout() throws IOException {
        Cli.Result survey = perBuild("--job", "Shop of all/web");
        Cli.Result named = perBuild("--job", "Shop of all/web", "tagged-one");

        assertThat(survey.status()).isZero();
        assertThat(survey.out())
                .contains("refused source tagged: 'Shop of all' has characters that are not allowed in it")
                .contains("refused source child: ", "refused source jwt: ", "allowed source exact: ");
        assertThat(named.status()).isEqualTo(77);
        assertThat(named.out()).contains("refused source tagged: ").doesNotContain("source exact", "source child");
    }

    @Test
    void aJobInNoFolderIsRefusedWhereTheFolderIsNamed() throws IOException {
        assertThat(perBuild("--job", "web").out())
                .contains("refused source tagged: job web is in no folder")
                .contains("allowed source token: build 1 reads as role arn:aws:iam::123456789012:role/of/web, ");
    }

    @Test
    void jsonHasWhoItReadsAsToo() throws IOException {
        assertThat(perBuild("--json", "--job", "shop/web", "exact:/a").out())
                .contains("\"subject\" : \"source exact\"")
                .contains("\"reason\" : \"build 1 reads as role arn:aws:iam::123456789012:role/builds, session");
    }

    private Cli.Result perBuild(String... arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("per-build.yaml"), PER_BUILD);
        List<String> all = new ArrayList<>(List.of("--config", file.toString(), "check"));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray(String[]::new));
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
