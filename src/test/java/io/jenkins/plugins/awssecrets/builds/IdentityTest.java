package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.audit.KeepingListener;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that read from AWS as themselves. The controller's own login may read nothing. */
@WithJenkins
class IdentityTest {
    private static final String READ = """
        withAwsSecrets([secret(variable: 'S', from: 'own:/%s/a')]) { echo 'bound' }
        """;

    @RegisterExtension
    private final Backends backends = new Backends(Seed.parse("""
        aws:
          accessKeys: [{ id: AKIACONTROLLER, secret: controller-key, user: jenkins, policies: [lists] }]
          roles: [{ arn: "%s", trusts: ["arn:aws:iam::123456789012:user/jenkins"], policies: [abac] }]
          policies:
            lists: [{ allow: ["ssm:Describe*", "ssm:List*"] }]
            abac: [{ allow: ["ssm:Get*"], on: ["arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/jenkins-folder}/*"] }]
        ssm:
          - { name: /shop/a, value: canary-of-shop, tags: { "jenkins:credentials:type": string } }
          - { name: /pay/a, value: canary-of-pay }
        """.formatted(AwsForBuilds.ROLE)));

    private JenkinsRule jenkins;
    private Folder shop;
    private Folder pay;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = jenkins.createProject(Folder.class, "shop");
        pay = jenkins.createProject(Folder.class, "pay");
        Backends.load("""
            unclassified:
              awsSecrets:
                defaultSources: false
                sources:
                  - %s
                credentials:
                  - string: {id: declared, secret: "own:/shop/a"}
            """.formatted(AwsForBuilds.source(backends.running(), AwsForBuilds.BY_ROLE, "/**")));
    }

    @Test
    void aJobReadsItsSecretAndIsDeniedAnothersByItsTags() throws Exception {
        WorkflowRun own = run(job(shop, "web", READ.formatted("shop")));
        WorkflowRun other = run(job(pay, "web", READ.formatted("shop")));

        jenkins.assertBuildStatusSuccess(own);
        jenkins.assertBuildStatus(Result.FAILURE, other);
        jenkins.assertLogContains("jenkins-folder=pay", other);
        jenkins.assertLogContains("session pay-web-1", other);
        // Listeners are told in a thread of their own.
        Eventually.until(Duration.ofMinutes(1), () -> heard().size() >= 2);
        assertThat(heard())
                .extracting(AuditEvent::identity)
                .containsExactly(
                        "role " + AwsForBuilds.ROLE + ", session shop-web-1",
                        "role " + AwsForBuilds.ROLE + ", session pay-web-1");
    }

    @Test
    void aBuildLogsInOnceWhateverTheNumberOfBlocksBranchesAndWays() throws Exception {
        WorkflowRun build = run(job(shop, "web", """
            parallel(
              one: { withAwsSecrets([secret(variable: 'S', from: 'own:/shop/a')]) { echo 'one' } },
              two: { withAwsSecrets([string('declared')]) { echo 'two' } },
              three: { withCredentials([string(credentialsId: 'declared', variable: 'T')]) { echo 'three' } })
            withAwsSecrets([secret(variable: 'S', from: 'own:/shop/a?version=1')]) { echo 'four' }
            """));

        jenkins.assertBuildStatusSuccess(build);
        assertThat(logins()).hasSize(1);
    }

    @Test
    void noReadIsMadeInAnotherBuildsSession() throws Exception {
        WorkflowRun first = run(job(shop, "web", READ.formatted("shop")));
        WorkflowRun second = run(job(pay, "web", READ.formatted("pay")));
        jenkins.assertBuildStatusSuccess(first);
        jenkins.assertBuildStatusSuccess(second);

        assertThat(keysThatRead("/shop/a")).hasSize(1).doesNotContain("AKIACONTROLLER");
        assertThat(keysThatRead("/pay/a")).hasSize(1).doesNotContainAnyElementsOf(keysThatRead("/shop/a"));
    }

    @Test
    void neitherParameterNorEnvironmentNorRenamingChangesATag() throws Exception {
        WorkflowJob job = job(
                pay,
                "web",
                "withEnv(['JOB_NAME=shop/web', 'BRANCH_NAME=main', 'JOB_BASE_NAME=web',"
                        + " 'jenkins-folder=shop']) { semaphore 'renamed' }");
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("JOB_NAME", "shop/web"),
                new StringParameterDefinition("folder", "shop")));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("renamed/1", build);
        job.renameTo("other");

        // A Pipeline whose job was renamed does not go on, so the build's secrets are asked for by hand.
        CatalogView view = Catalog.get().in(pay);
        BuildSecrets.of(build)
                .resolve(
                        view,
                        List.of(view.parser().reference("test", "own:/pay/a")),
                        Deadline.in(Duration.ofSeconds(30)),
                        "block");

        assertThat(logins()).singleElement().satisfies(login -> assertThat(login.details())
                .containsEntry("jenkins-job", "pay/web")
                .containsEntry("jenkins-folder", "pay")
                .containsEntry("RoleSessionName", "pay-web-1")
                .doesNotContainKey("jenkins-branch"));
    }

    @Test
    void outsideOfBuildsItListsAndServesNothing() throws Exception {
        assertThat(Catalog.get()
                        .in(jenkins.jenkins)
                        .source("own")
                        .orElseThrow()
                        .check(Deadline.in(Duration.ofMinutes(1))))
                .noneMatch(step -> step.required() && !step.ok())
                .anySatisfy(step -> assertThat(step.problem()).hasValueSatisfying(why -> assertThat(why)
                        .hasMessageContaining("which only a build can test")));
        assertThat(logins()).isEmpty();
    }

    @Test
    void aSessionIsForgottenAtTheEndOfTheBuild() throws Exception {
        WorkflowRun build = run(job(shop, "web", READ.formatted("shop")));

        Eventually.holds(() -> RunningBuilds.get().known(build).isEmpty());
        run(job(shop, "again", READ.formatted("shop")));
        assertThat(logins())
                .extracting(login -> login.details().get("RoleSessionName"))
                .containsExactly("shop-web-1", "shop-again-1");
    }

    @Test
    void anAbortInTheMiddleOfABlockEndsTheSessionAndLeavesNoThread() throws Exception {
        jenkins.assertBuildStatusSuccess(run(job(shop, "before", READ.formatted("shop"))));
        Set<String> before = threads();
        WorkflowRun build = job(shop, "web", READ.formatted("shop").replace("echo 'bound'", "semaphore 'inside'"))
                .scheduleBuild2(0)
                .waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        BuildSecrets secrets = BuildSecrets.of(build);

        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

        Eventually.holds(() -> RunningBuilds.get().known(build).isEmpty());
        CatalogView view = Catalog.get().in(shop);
        assertThatThrownBy(() -> secrets.resolve(
                        view,
                        List.of(view.parser().reference("test", "own:/shop/a?version=1")),
                        Deadline.in(Duration.ofSeconds(30)),
                        "block"))
                .hasMessageContaining("is over");
        assertThat(logins()).hasSize(2);
        Eventually.until(Duration.ofMinutes(1), () -> before.containsAll(threads()));
        assertThat(before).containsAll(threads());
    }

    /** Of renewals, and of clients: a session has none of its own. The threads of one client come and go. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sdk-") || name.contains("AWS session"))
                .map(name -> name.replaceFirst("^(sdk-\\D+\\d+)-\\d+$", "$1"))
                .collect(Collectors.toSet());
    }

    private WorkflowJob job(Folder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(WorkflowJob job) throws Exception {
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private List<RecordedRequest> logins() {
        return backends.running().requests().to(Service.STS);
    }

    private List<String> keysThatRead(String name) {
        return backends.running().requests().to(Service.SSM).stream()
                .filter(call -> call.names().contains(name) && call.operation().startsWith("GetParameter"))
                .map(call -> call.details().get("accessKeyId"))
                .distinct()
                .toList();
    }

    private static List<AuditEvent> heard() {
        return ExtensionList.lookupSingleton(Heard.class).events();
    }

    @TestExtension
    public static final class Heard extends KeepingListener {}
}
