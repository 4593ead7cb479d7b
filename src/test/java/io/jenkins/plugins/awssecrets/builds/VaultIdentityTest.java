package io.jenkins.plugins.awssecrets.builds;

import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.job;
import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds of a real Jenkins that read from Vault as themselves, by ID tokens of the plugin oidc-provider or child tokens. */
@WithJenkins
class VaultIdentityTest {
    private JenkinsRule jenkins;
    private DemoBackends backends;
    private Folder shop;
    private Folder bank;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        backends = DemoBackends.start(VaultForBuilds.seed(rule.getURL().toURI()));
        shop = rule.createProject(Folder.class, "shop");
        bank = rule.createProject(Folder.class, "bank");
    }

    @AfterEach
    void stop() {
        backends.close();
    }

    private void configure(String authentication) throws Exception {
        VaultForBuilds.configure(backends.vault(), authentication, VaultForBuilds.CLIENT);
        backends.requests().clear();
    }

    private long count(String operation) {
        return backends.requests().count(Service.VAULT, operation);
    }

    private static SecretSource vault() {
        return Catalog.get().source("", "vault").orElseThrow();
    }

    @Test
    void theControllerReadsNothingAndAJobItsOwnSecretsAndNoOthers() throws Exception {
        configure(VaultForBuilds.BY_ID_TOKEN);
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        Reference reference = Reference.parse("vault:secret/shop/db");
        assertThatThrownBy(() -> vault().fetch(List.of(reference.locator()), deadline))
                .isInstanceOfSatisfying(SecretException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.REFUSED);
                    assertThat(e.getMessage()).contains("serves builds alone");
                });
        assertThat(vault().list(deadline)).isEmpty();
        assertThat(backends.requests().all()).isEmpty();

        WorkflowRun own = jenkins.buildAndAssertSuccess(
                job(shop, "web", reading("secret/shop/db", "echo \"length ${env.PASSWORD.length()}\"")));
        jenkins.assertLogContains("length 14", own);
        WorkflowRun others = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(shop, "curious", reading("secret/bank/db", "echo 'never'")));
        jenkins.assertLogContains("the build's token has the policies default, jenkins-shop", others);
        jenkins.assertLogContains("read on secret/data/bank/db", others);
        WorkflowRun unbound = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(bank, "web", reading("secret/bank/db", "echo 'never'")));
        jenkins.assertLogContains("the claim sub of the JWT does not match the role", unbound);
        for (WorkflowRun build : List.of(own, others, unbound)) {
            Eventually.nothingIsLeftOf(build);
            assertThat(JenkinsRule.getLog(build)).doesNotContain("canary-", "eyJ", VaultForBuilds.TOKEN_MARK);
        }
        assertThat(count("revoke-self")).isEqualTo(2);
    }

    @Test
    void aTemplatedPolicyLeadsEachJobToItsOwnPath() throws Exception {
        configure(VaultForBuilds.BY_TEMPLATE);

        jenkins.buildAndAssertSuccess(job(shop, "web", reading("secret/shop/web/db", "echo 'read'")));
        WorkflowRun denied = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(shop, "other", reading("secret/shop/web/db", "echo 'never'")));
        jenkins.assertLogContains("template names what the build is not", denied);
    }

    @ParameterizedTest
    @ValueSource(strings = {VaultForBuilds.BY_ID_TOKEN, VaultForBuilds.BY_CHILD_TOKEN})
    void aBuildAuthenticatesOnceHoweverManyBlocksAndBranchesItHas(String authentication) throws Exception {
        configure(authentication);
        String block = reading("secret/shop/db", "echo 'read'") + reading("database/creds/readonly", "echo 'leased'");

        WorkflowRun build = jenkins.buildAndAssertSuccess(
                job(shop, "web", block + "parallel(a: { " + block + " }, b: { " + block + " })"));

        Eventually.nothingIsLeftOf(build);
        assertThat(count("login") + count("token")).isEqualTo(1);
        assertThat(count("revoke-self")).isEqualTo(1);
    }

    @Test
    void aSourceWithoutPerBuildAuthenticatesForAllBuildsTogether() throws Exception {
        configure("auth: {token: {token: root}}");
        WorkflowJob job = job(shop, "web", reading("secret/shop/db", "echo 'read'"));

        jenkins.buildAndAssertSuccess(job);
        jenkins.buildAndAssertSuccess(job);

        assertThat(count("login") + count("token")).isZero();
        assertThat(count("lookup-self")).isEqualTo(1);
        assertThat(count("revoke-self")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {VaultForBuilds.BY_ID_TOKEN, VaultForBuilds.BY_CHILD_TOKEN})
    void theTokenOfABuildThatIsAbortedInItsBlockIsRevoked(String authentication) throws Exception {
        configure(authentication);
        WorkflowRun build = job(
                        shop,
                        "web",
                        reading("secret/shop/db", "semaphore 'inside'") + reading("secret/shop/db", "echo 'never'"))
                .scheduleBuild2(0)
                .waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        assertThat(Remainders.get().isLeft(build)).isTrue();

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        Eventually.nothingIsLeftOf(build);
        assertThat(count("revoke-self")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {VaultForBuilds.BY_ID_TOKEN, VaultForBuilds.BY_TEMPLATE, VaultForBuilds.BY_CHILD_TOKEN})
    void whatSomebodyTypesChangesNoRoleAndNoPolicy(String authentication) throws Exception {
        configure(authentication);
        String path = authentication.equals(VaultForBuilds.BY_TEMPLATE) ? "secret/shop/web/db" : "secret/shop/db";
        WorkflowJob forger = job(
                bank,
                "web",
                "withEnv(['JOB_NAME=shop/web', 'folder=shop', 'job=shop/web', 'JOB_URL=" + jenkins.getURL()
                        + "job/shop/job/web/']) { " + reading(path, "echo 'never'") + " }");
        List<String> names = List.of("JOB_NAME", "folder", "job", "JOB_URL", "sub");
        forger.addProperty(new ParametersDefinitionProperty(names.stream()
                .map(name -> new StringParameterDefinition(name, ""))
                .toArray(StringParameterDefinition[]::new)));

        WorkflowRun build = forger.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("JOB_NAME", "shop/web"),
                                new StringParameterValue("folder", "shop"),
                                new StringParameterValue("job", "shop/web"),
                                new StringParameterValue("JOB_URL", jenkins.getURL() + "job/shop/job/web/"),
                                new StringParameterValue("sub", jenkins.getURL() + "job/shop/job/web/")))
                .get();

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogNotContains("never", build);
        assertThat(count("read")).isEqualTo(authentication.equals(VaultForBuilds.BY_CHILD_TOKEN) ? 1 : 0);
    }

    @Test
    void theTokenOfABuildWhoseJobIsRenamedStaysAndIsRevokedWithTheBuild() throws Exception {
        configure(VaultForBuilds.BY_JOB);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop-web");
        job.setDefinition(new CpsFlowDefinition(reading("secret/shop/db", "semaphore 'renaming'"), true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("renaming/1", build);

        job.renameTo("bank-web");
        Remainders.get().retry();
        assertThat(Remainders.get().isLeft(build)).isTrue();
        assertThat(count("revoke-self")).isZero();

        // A Pipeline whose job was renamed does not go on, so its end is told by hand.
        Remainders.get().remove(build);
        assertThat(Remainders.get().isLeft(build)).isFalse();
        assertThat(count("revoke-self")).isEqualTo(1);
    }

    @Test
    void aFolderThatFitsNoPolicyIsRefusedBeforeAnyCall() throws Exception {
        configure(VaultForBuilds.BY_CHILD_TOKEN);
        Folder unfit = jenkins.createProject(Folder.class, "Shop of all");

        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(unfit, "web", reading("secret/shop/db", "echo 'never'")));

        jenkins.assertLogContains("'Shop of all' has characters that are not allowed in it", build);
        assertThat(backends.requests().all()).isEmpty();
    }

    @Test
    void aCertificateThatABuildHoldsToItsEndIsRevokedBeforeItsToken() throws Exception {
        configure(VaultForBuilds.BY_CHILD_TOKEN);

        WorkflowRun build = jenkins.buildAndAssertSuccess(job(
                shop,
                "by-id",
                "node { withCredentials([certificate(credentialsId: 'client', keystoreVariable: 'K')]) { sh 'test -s"
                        + " \"$K\"' } }"));

        Eventually.nothingIsLeftOf(build);
        assertThat(revocations()).containsExactly("write", "revoke-self");
    }

    @Test
    void aCertificateThatVaultDoesNotRevokeNowIsRevokedWithTheTokenLater() throws Exception {
        configure(VaultForBuilds.BY_CHILD_TOKEN);
        WorkflowRun build = job(
                        shop,
                        "later",
                        "node { withCredentials([certificate(credentialsId: 'client', keystoreVariable: 'K')]) {"
                                + " semaphore 'inside' } }")
                .scheduleBuild2(0)
                .waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        Fault refused = Fault.error(Fault.Cause.BAD_REQUEST);
        backends.faults().inject(Service.VAULT, "write", refused);
        backends.faults().inject(Service.VAULT, "revoke-self", refused);
        SemaphoreStep.success("inside/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        // By the end of the build, and by who cleans up when it is completed and when it is finalized.
        Eventually.until(Duration.ofMinutes(1), () -> count("revoke-self") >= 3);
        assertThat(Remainders.get().isLeft(build)).isTrue();

        backends.faults().clear();
        backends.requests().clear();
        Remainders.get().retry();

        Eventually.nothingIsLeftOf(build);
        assertThat(revocations()).containsExactly("write", "revoke-self");
    }

    /** What was revoked, in turn: a certificate by a write. */
    private List<String> revocations() {
        return backends.requests().to(Service.VAULT).stream()
                .filter(request -> request.names().contains("pki/revoke")
                        || request.operation().equals("revoke-self"))
                .map(RecordedRequest::operation)
                .toList();
    }
}
