package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A source that is down when Jenkins starts, and one that goes down in service. */
class OutageTest {
    private static final String USE_FOUND =
            "withCredentials([string(credentialsId: 'ci/found', variable: 'T')]) { echo \"length ${T.length()}\" }";
    private static final String USE_OTHER =
            "withCredentials([string(credentialsId: '/ci/other', variable: 'T')]) { echo \"length ${T.length()}\" }";

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        ssm:
          - {name: /ci/other, type: SecureString, value: canary-other, tags: {"jenkins:credentials:type": string}}
        secretsManager:
          - {name: ci/found, string: canary-found, description: of the team, tags: {"jenkins:credentials:type": string}}
        """));

    @RegisterExtension
    final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @Test
    void sourceThatIsDownAtStartKeepsItsIdsAndComesBackWithoutARestart() throws Throwable {
        session.then(jenkins -> {
            backends.configure("");
            BuildUseTest.run(jenkins, USE_FOUND);
            assertThat(names(jenkins)).containsOnlyKeys("ci/found", "ci-other");
        });
        backends.running().faults().refuse(Service.SECRETS_MANAGER);

        session.then(jenkins -> {
            jenkins.assertBuildStatus(Result.SUCCESS, BuildUseTest.run(jenkins, USE_OTHER));
            awaitAge(jenkins);
            WorkflowRun failed = BuildUseTest.run(jenkins, USE_FOUND);
            jenkins.assertBuildStatus(Result.FAILURE, failed);
            assertThat(JenkinsRule.getLog(failed)).contains("CredentialsUnavailableException", "ci/found", "sm");

            backends.running().faults().accept(Service.SECRETS_MANAGER);
            awaitSuccess(jenkins);
        });
    }

    @Test
    void sourceThatGoesDownInServiceFailsWhatUsesItAndNothingElseAndComesBack() throws Throwable {
        session.then(jenkins -> {
            backends.configure("credentials: [{string: {id: declared, secret: 'sm:ci/found'}}]\n");
            jenkins.assertBuildStatus(Result.SUCCESS, BuildUseTest.run(jenkins, USE_FOUND));
            jenkins.assertBuildStatus(Result.SUCCESS, BuildUseTest.run(jenkins, USE_OTHER));

            backends.running().faults().refuse(Service.SECRETS_MANAGER);

            for (String id : List.of("ci/found", "declared")) {
                WorkflowRun failed = BuildUseTest.run(jenkins, USE_FOUND.replace("ci/found", id));
                jenkins.assertBuildStatus(Result.FAILURE, failed);
                assertThat(JenkinsRule.getLog(failed))
                        .contains("CredentialsUnavailableException", id, "sm:ci/found")
                        .doesNotContain("length");
            }
            jenkins.assertBuildStatus(Result.SUCCESS, BuildUseTest.run(jenkins, USE_OTHER));
            assertThat(names(jenkins)).containsOnlyKeys("ci/found", "ci-other", "declared");
            Catalog.get().listAnew();
            awaitAge(jenkins);
            assertThat(names(jenkins)).containsOnlyKeys("ci/found", "ci-other", "declared");

            backends.running().faults().accept(Service.SECRETS_MANAGER);
            awaitSuccess(jenkins);
        });
    }

    @Test
    void sourceOfWhichNothingWasEverKnownHidesNothingElse() throws Throwable {
        backends.running().faults().refuse(Service.SECRETS_MANAGER);

        session.then(jenkins -> {
            backends.configure("");
            jenkins.assertBuildStatus(Result.SUCCESS, BuildUseTest.run(jenkins, USE_OTHER));
            assertThat(names(jenkins)).containsOnlyKeys("ci-other");

            backends.running().faults().accept(Service.SECRETS_MANAGER);
            awaitSuccess(jenkins);
        });
    }

    /** The page says how old what it shows is once it is known that it cannot be had anew. */
    private static void awaitAge(JenkinsRule jenkins) throws Exception {
        Eventually.until(
                Duration.ofSeconds(60), () -> names(jenkins).get("ci/found").contains("known as of"));
        assertThat(names(jenkins).get("ci/found")).startsWith("of the team (").contains("known as of", "sm");
        assertThat(names(jenkins).get("ci-other")).isEqualTo("ci-other");
    }

    /** By itself, after at most the pause of the breaker. */
    private static void awaitSuccess(JenkinsRule jenkins) throws Exception {
        WorkflowRun[] build = new WorkflowRun[1];
        Eventually.until(Duration.ofSeconds(90), () -> {
            build[0] = BuildUseTest.run(jenkins, USE_FOUND);
            return build[0].getResult() == Result.SUCCESS;
        });
        jenkins.assertBuildStatus(Result.SUCCESS, build[0]);
    }

    private static Map<String, String> names(JenkinsRule jenkins) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                .stream()
                .collect(Collectors.toMap(StandardCredentials::getId, CredentialsNameProvider::name));
    }
}
