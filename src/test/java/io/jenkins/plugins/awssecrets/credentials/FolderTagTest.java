package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.ItemGroup;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Discovered credentials that a tag keeps for some folders. */
@WithJenkins
class FolderTagTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager:
          - {name: shared, string: canary-shared, tags: {"jenkins:credentials:type": string}}
          - {name: mine, string: canary-mine, tags: {"jenkins:credentials:type": string, "jenkins:credentials:folder": "shop/pay:ops"}}
          - {name: nobodys, string: canary-nobody, tags: {"jenkins:credentials:type": string, "jenkins:credentials:folder": " "}}
        """));

    @Test
    void isSeenAndUsedInItsFoldersAndBelowAlone(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        Folder shop = jenkins.createProject(Folder.class, "shop");
        Folder pay = shop.createProject(Folder.class, "pay");
        Folder below = pay.createProject(Folder.class, "below");
        Folder payments = shop.createProject(Folder.class, "payments");
        Folder ops = jenkins.createProject(Folder.class, "ops");

        // A page waits for a list a second only.
        Catalog.get().in(pay).entries(Duration.ofMinutes(1));
        assertThat(ids(pay)).containsExactlyInAnyOrder("shared", "mine");
        assertThat(ids(below)).contains("mine");
        assertThat(ids(ops)).contains("mine");
        for (ItemGroup<?> elsewhere : List.of(jenkins.jenkins, shop, payments)) {
            assertThat(ids(elsewhere)).as(elsewhere.getFullName()).containsExactly("shared");
        }
        for (String step : List.of(
                "withAwsSecrets([string(credentialsId: 'mine', variable: 'X')]) { echo 'inside' }",
                "withCredentials([string(credentialsId: 'mine', variable: 'X')]) { echo 'inside' }")) {
            jenkins.assertBuildStatus(Result.SUCCESS, build(below, step));
            WorkflowRun refused = build(payments, step);
            jenkins.assertBuildStatus(Result.FAILURE, refused);
            jenkins.assertLogNotContains("inside", refused);
        }
    }

    private static List<String> ids(ItemGroup<?> place) {
        return CredentialsProvider.lookupCredentialsInItemGroup(StringCredentials.class, place, ACL.SYSTEM2, List.of())
                .stream()
                .map(IdCredentials::getId)
                .toList();
    }

    private static WorkflowRun build(Folder folder, String script) throws Exception {
        WorkflowJob job = folder.createProject(
                WorkflowJob.class, "job" + folder.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }
}
