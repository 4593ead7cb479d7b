package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.matrix.AxisList;
import hudson.matrix.MatrixProject;
import hudson.matrix.TextAxis;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.builds.BuildIdentities;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.step.AwsSecretsWrapper;
import io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding;
import java.util.List;
import java.util.Optional;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMHead;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Folders and jobs whose names look like patterns, variables or ways up, and folders in folders. */
@ExtendWith(SharedJenkins.class)
class OddNamesTest {
    private static JenkinsRule jenkins;

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager:
          - { name: taken/deep, string: canary-deep-73cc }
          - { name: team/plain/x, string: canary-plain-73cc }
        vault:
          mounts:
            - path: secret
              type: kv
              version: 2
              secrets:
                - { path: "team/a*b/x", data: { value: canary-star-73cc } }
                - { path: "team/aZb/x", data: { value: canary-between-73cc } }
        """));

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("")
                                        .replace(
                                                "id: sm,", "id: sm, allow: [{names: ['taken/*', 'team/${folder}/*']}],")
                                        .replace(
                                                "id: vault,",
                                                "id: vault, allow: [{names: ['secret/team/${folder}/**',"
                                                        + " 'secret/jobs/${job}/*']}],")
                                + "discovery: {enabled: false}\n")
                        .indent(4));
    }

    @Test
    void branchNamedLikeAnotherFolderIsABranchOfItsProject() throws Exception {
        Folder pay = folder("pay");
        WorkflowMultiBranchProject web = pay.createProject(WorkflowMultiBranchProject.class, "web");
        web.getSourcesList().add(new BranchSource(new BranchesOfGit("nowhere", List.of(new SCMHead("plain/job")))));
        web.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowJob branch = web.getItems().iterator().next();

        BuildIdentity build = BuildIdentities.ofNextBuildOf(branch);
        assertThat(build.folder()).isEqualTo("pay");
        assertThat(build.job()).isEqualTo("pay/web");
        assertThat(build.branch()).contains("plain/job");
        assertThat(SecretAccess.direct(
                                Catalog.get().forItem(branch),
                                Reference.parse("sm:team/plain/x"),
                                Requesters.ofBuildOf(branch))
                        .allows())
                .isFalse();
        web.delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**",
                "a*b",
                "a?b",
                "$x",
                "${folder}",
                "${job}",
                "^${folder}",
                "..b",
                "a..",
                "my team",
                " blank",
                "größe",
                "日本",
                "[a-z]",
                "\\Q",
                "a#b",
                "a%2Fb"
            })
    void nameOfAFolderStandsForItselfAlone(String name) throws Exception {
        Job<?, ?> job = jobIn(folder(name), "web");

        assertThat(decision("secret/team/" + name + "/x", job).allows()).isTrue();
        assertThat(decision("secret/team/" + name + "/deeper/x", job).allows()).isTrue();
        assertThat(decision("secret/jobs/" + name + "/web/x", job).allows()).isTrue();
        for (String other : List.of(
                "secret/team/other/x",
                "secret/team/aZb/x",
                "secret/team/a/b/x",
                "secret/team/x",
                "secret/team/" + name,
                "secret/team/" + name + "2/x",
                "secret/jobs/" + name + "/web2/x",
                "secret/jobs/" + name + "/web/deeper/x")) {
            assertThat(decision(other, job).allows()).as(other).isFalse();
        }
    }

    @Test
    void pathThatGoesUpIsRefusedBeforeAnyRuleIsAsked() throws Exception {
        Run<?, ?> build = run(folder("up"), "pipe", "vault:secret/team/up/../other/x");

        assertThat(build.getResult()).isEqualTo(Result.FAILURE);
        assertThat(JenkinsRule.getLog(build)).contains("'..' as a part of the path");
    }

    @Test
    void nameOfAJobThatIsAPatternIsTakenLiterally() throws Exception {
        Job<?, ?> job = jobIn(folder("patterns"), "w*b");

        assertThat(decision("secret/jobs/patterns/w*b/x", job).allows()).isTrue();
        assertThat(decision("secret/jobs/patterns/web/x", job).allows()).isFalse();
    }

    @Test
    void buildsOfSuchFoldersGetTheirsAndNoOther() throws Exception {
        Folder folder = folder("a*b");

        assertThat(run(folder, "pipe", "vault:secret/team/a*b/x").getResult()).isEqualTo(Result.SUCCESS);
        Run<?, ?> refused = run(folder, "pipe2", "vault:secret/team/aZb/x");
        assertThat(refused.getResult()).isEqualTo(Result.FAILURE);
        assertThat(JenkinsRule.getLog(refused))
                .contains("no rule of source vault allows")
                .doesNotContain("canary");
    }

    @Test
    void folderOfAFreestyleOrMatrixJobIsItsOwnToo() throws Exception {
        Folder plain = folder("plain");
        for (boolean theirs : List.of(true, false)) {
            AwsSecretsWrapper wrapper = new AwsSecretsWrapper(
                    List.of(new ReferenceBinding("X", theirs ? "sm:team/plain/x" : "sm:team/other/x")));
            FreeStyleProject freestyle = plain.createProject(FreeStyleProject.class, "freestyle-" + theirs);
            freestyle.getBuildWrappersList().add(wrapper);
            MatrixProject matrix = plain.createProject(MatrixProject.class, "matrix-" + theirs);
            matrix.setAxes(new AxisList(new TextAxis("axis", "one")));
            matrix.getBuildWrappersList().add(wrapper);
            Result expected = theirs ? Result.SUCCESS : Result.FAILURE;

            assertThat(freestyle.scheduleBuild2(0).get().getResult()).isEqualTo(expected);
            matrix.scheduleBuild2(0).get();
            Run<?, ?> combination = matrix.getItem("axis=one").getLastBuild();
            assertThat(combination.getResult()).isEqualTo(expected);
            assertThat(JenkinsRule.getLog(combination).contains("to job plain/matrix-false"))
                    .isEqualTo(!theirs);
        }
    }

    @Test
    void whatACredentialOfANestedFolderTakesIsForThatFolderAndBelow() throws Exception {
        Folder above = folder("above");
        Folder deep = above.createProject(Folder.class, "deep");
        StringCredential credential = new StringCredential("theirs");
        credential.setSecret("sm:taken/deep");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setCredentials(List.of(credential));
        deep.addProperty(property);
        Folder below = deep.createProject(Folder.class, "below");
        Folder beside = above.createProject(Folder.class, "deep2");

        for (Folder outside : List.of(above, beside)) {
            Run<?, ?> build = run(outside, "reaches", "sm:taken/deep");
            assertThat(build.getResult()).isEqualTo(Result.FAILURE);
            assertThat(JenkinsRule.getLog(build)).contains("a credential of another folder takes it");
        }
        for (Folder inside : List.of(deep, below)) {
            assertThat(run(inside, "reaches", "sm:taken/deep").getResult()).isEqualTo(Result.SUCCESS);
        }
    }

    /** As a disk may hold it: Jenkins' own forms refuse some of these names. */
    private static Folder folder(String name) throws Exception {
        return jenkins.jenkins.getItem(name) instanceof Folder known
                ? known
                : jenkins.jenkins.add(new Folder(jenkins.jenkins, name), name);
    }

    private static Job<?, ?> jobIn(Folder folder, String name) throws Exception {
        return folder.add(new FreeStyleProject(folder, name), name);
    }

    private static Run<?, ?> run(Folder folder, String name, String reference) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(
                new CpsFlowDefinition("withAwsSecrets([secret(variable: 'X', from: '" + reference + "')]) { }", true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static Decision decision(String name, Job<?, ?> job) {
        return SecretAccess.direct(
                Catalog.get().forItem(job), Reference.of("vault", name, Optional.empty()), Requesters.ofBuildOf(job));
    }
}
