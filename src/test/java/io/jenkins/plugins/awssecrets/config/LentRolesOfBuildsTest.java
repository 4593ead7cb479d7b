package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.authentication.AssumeRoleConfiguration;
import io.jenkins.plugins.awssecrets.config.rules.SourceRule;
import io.jenkins.plugins.awssecrets.config.sources.SsmConfiguration;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** The controller's identity, lent to a folder for the roles that its builds assume for themselves, and for nothing else. */
@ExtendWith(SharedJenkins.class)
class LentRolesOfBuildsTest {
    private static final String ACCOUNT = "arn:aws:iam::123456789012:role/";
    private static final String OF_FOLDER = ACCOUNT + "jenkins-${folder}";

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws: { roles: [{ arn: "%1$sjenkins-payments" }, { arn: "%1$sfixed" }] }
        ssm: [{ name: /ci/token, value: canary-lent }]
        """.formatted(ACCOUNT)));

    private static JenkinsRule jenkins;
    private Folder payments;
    private Folder deep;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void make() throws Exception {
        payments = jenkins.createProject(Folder.class, "payments");
        deep = payments.createProject(Folder.class, "deep");
    }

    @AfterEach
    void drop() throws Exception {
        SharedJenkins.clear(jenkins);
    }

    @Test
    void aBuildAssumesTheRoleOfItsFolderWhereThatWasLent() throws Exception {
        own(OF_FOLDER);
        lend("roles: ['" + ACCOUNT + "jenkins-payments'], ");

        WorkflowRun build = jenkins.assertBuildStatusSuccess(run(payments));

        assertThat(JenkinsRule.getLog(build)).doesNotContain("canary");
        assertThat(logins()).singleElement().satisfies(login -> assertThat(login.details())
                .containsEntry("RoleSessionName", "payments-web-1"));
    }

    @Test
    void theRoleIsCheckedAsItIsForTheBuildNotAsItIsWritten() throws Exception {
        own(OF_FOLDER);
        // What is written fits this pattern, and what it stands for in the folder below does not.
        lend("roles: ['" + ACCOUNT + "jenkins-*'], ");

        jenkins.assertBuildStatusSuccess(run(payments));
        WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, run(deep));

        jenkins.assertLogContains("a folder may not use the default AWS credentials chain", build);
        jenkins.assertLogContains("have an administrator lend the role", build);
        assertThat(logins()).hasSize(1);
    }

    @Test
    void aRoleThatWasNotLentIsAssumedByNoBuild() throws Exception {
        for (String role : List.of(OF_FOLDER, ACCOUNT + "fixed")) {
            own(role);
            for (String loan : List.of("", "roles: ['" + ACCOUNT + "shop-*'], ")) {
                lend(loan);
                WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, run(payments));
                jenkins.assertLogContains("a folder may not use the default AWS credentials chain", build);
            }
        }
        own(ACCOUNT + "fixed");
        lend("roles: ['" + ACCOUNT + "fixed'], ");
        jenkins.assertBuildStatusSuccess(run(payments));
        assertThat(logins()).hasSize(1);
    }

    @Test
    void theFolderItselfListsNothingWithTheControllersIdentity() throws Exception {
        own(OF_FOLDER);
        lend("roles: ['" + ACCOUNT + "jenkins-*'], ");
        SecretSource source = Catalog.get().in(payments).source("own").orElseThrow();
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));

        assertThat(source.list(deadline)).isEmpty();
        assertThat(source.check(deadline)).noneMatch(step -> step.required());
        assertThatThrownBy(() -> source.below("/ci/", deadline)).isInstanceOf(SecretException.class);
        assertThat(source.inspect(List.of("/ci/token"), deadline).secrets()).isEmpty();
        assertThat(backends.running().requests().to(Service.SSM)).isEmpty();
        assertThat(logins()).isEmpty();
    }

    private List<RecordedRequest> logins() {
        return backends.running().requests().to(Service.STS);
    }

    private int jobs;

    private WorkflowRun run(Folder folder) throws Exception {
        String name = jobs++ == 0 ? "web" : "web" + jobs;
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "withAwsSecrets([secret(variable: 'S', from: 'own:/ci/token')]) { echo 'bound' }", true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    /** A source of the folder that brings no login of its own. */
    private void own(String roleArn) throws Exception {
        AssumeRoleConfiguration role = new AssumeRoleConfiguration(roleArn);
        role.setPerBuild(true);
        SourceRule all = new SourceRule();
        all.setNames(List.of("/**"));
        SsmConfiguration source = new SsmConfiguration("own");
        source.setRegion("eu-west-1");
        source.setEndpoint(backends.running().ssm().toString());
        source.setStsEndpoint(backends.running().sts().toString());
        source.setAssumeRole(List.of(role));
        source.setAllow(List.of(all));
        FolderSources.declare(payments, source);
    }

    /** @param roles of the loan, as YAML */
    private void lend(String roles) throws Exception {
        Backends.lend("[{folders: ['payments/**'], %saddresses: ['%s', '%s']}]"
                .formatted(roles, backends.running().ssm(), backends.running().sts()));
    }
}
