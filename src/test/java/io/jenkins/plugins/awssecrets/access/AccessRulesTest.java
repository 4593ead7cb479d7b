package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.step.AwsSecretsWrapper;
import io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The ways around scope and folder, each tried in every way a job can name a secret. */
@WithJenkins
class AccessRulesTest {
    /** What a SYSTEM credential takes, what another folder's takes, what no rule names; and what is allowed. */
    private static final Map<String, String> SECRETS = Map.of(
            "sm:taken/system", "scope SYSTEM",
            "sm:taken/pay", "another folder",
            "sm:taken/system?version=AWSCURRENT#x", "scope SYSTEM",
            "sm:other/x", "no rule of source sm allows",
            "ssm:/plain/x", "source ssm has no rule");

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("taken/system", "canary-sys-51aa")
            .secret("taken/pay", "canary-pay-51aa")
            .secret("taken/open", "canary-open-51aa")
            .secret("team/shop/db", "canary-shop-51aa")
            .secret("other/x", "canary-other-51aa")
            .parameter("/plain/x", "canary-plain-51aa"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("").replace("id: sm,", "id: sm, allow: [{names: ['taken/*', 'team/${folder}/*']}],")
                                + """
                                credentials:
                                  - string: {id: agents, secret: "sm:taken/system", scope: SYSTEM}
                                  - string: {id: open, secret: "sm:taken/open"}
                                discovery: {enabled: false}
                                """)
                        .indent(4));
        folder("pay", "string: {id: theirs, secret: 'sm:taken/pay'}");
        folder("shop");
    }

    @Test
    void noWayReachesWhatIsNotTheJobs() throws Exception {
        for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
            String reference = secret.getKey();
            String why = secret.getValue();
            refused("step", why, run("withAwsSecrets([secret(variable: 'X', from: '" + reference + "')]) { }"));
            refused(
                    "string binding",
                    why,
                    run("withAwsSecrets([string(credentialsId: '" + reference + "', variable: 'X')]) { }"));
            refused(
                    "credentials id",
                    why,
                    run("withCredentials([string(credentialsId: '" + reference + "', variable: 'X')]) { }"));
            refused(
                    "environment",
                    why,
                    run("pipeline { agent any\nenvironment { X = credentials('" + reference
                            + "') }\nstages { stage('a') { steps { echo 'in' } } } }"));
            refused("wrapper", why, wrapper(reference));
            refused("seed job", why, seed(reference));
            refused("config.xml", why, rest(reference));
        }
        assertThat(backends.running().requests().to(Service.SECRETS_MANAGER)).isEmpty();
        assertThat(backends.running().requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aFoldersCredentialReachesNoFurtherThanTheRulesOfTheSourceAbove() throws Exception {
        folder(
                "shop",
                "string: {id: stolen, secret: 'sm:taken/system'}",
                "string: {id: theirs, secret: 'sm:taken/pay'}",
                "string: {id: other, secret: 'sm:other/x'}",
                "string: {id: own, secret: 'sm:team/shop/db'}");
        folder("shop/deep", "string: {id: deep, secret: 'sm:team/shop/db'}");

        for (String id : List.of("stolen", "theirs", "other")) {
            refused(
                    id,
                    "of folder shop",
                    run("withAwsSecrets([string(credentialsId: '" + id + "', variable: 'X')]) { }"));
            refused(
                    id,
                    "of folder shop",
                    run("withCredentials([string(credentialsId: '" + id + "', variable: 'X')]) { }"));
        }
        // ${folder} is that of the folder which declares it.
        refused(
                "deep",
                "of folder shop/deep",
                runIn("shop/deep", "withAwsSecrets([string(credentialsId: 'deep', variable: 'X')]) { }"));
        allowed(run("withAwsSecrets([string(credentialsId: 'own', variable: 'X')]) { }"));
        allowed(runIn("shop/deep", "withCredentials([string(credentialsId: 'own', variable: 'X')]) { }"));
    }

    @Test
    void whatIsAllowedIsReachedInEachWay() throws Exception {
        String reference = "sm:team/shop/db";
        allowed(run("withAwsSecrets([secret(variable: 'X', from: '" + reference + "')]) { }"));
        allowed(run("withCredentials([string(credentialsId: '" + reference + "', variable: 'X')]) { sh 'echo $X' }"));
        allowed(run("pipeline { agent any\nenvironment { X = credentials('" + reference
                + "') }\nstages { stage('a') { steps { sh 'echo $X' } } } }"));
        allowed(wrapper(reference));
        refused(
                "elsewhere",
                "no rule of source sm allows",
                runIn("pay", "withAwsSecrets([secret(variable: 'X', from: '" + reference + "')]) { }"));
    }

    @Test
    void whatWasAllowedWhenABuildBeganStaysAllowedUntilItEnds() throws Exception {
        String direct = "withAwsSecrets([secret(variable: 'X', from: 'sm:team/shop/db')]) { echo 'given' }\n";
        String byId = "withCredentials([string(credentialsId: 'open', variable: 'X')]) { echo 'given' }\n";
        WorkflowJob job =
                Jenkins.get().getItemByFullName("shop", Folder.class).createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition(
                "semaphore 'changed'\nnode { " + direct + byId
                        + "withAwsSecrets([secret(variable: 'X', from: 'sm:other/x')]) { echo 'never allowed' } }",
                true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("changed/1", build);

        Backends.load("unclassified:\n  awsSecrets:\n" + (backends.sources("") + """
            credentials:
              - string: {id: open, secret: "sm:taken/open", allow: [{jobs: ["nowhere"]}]}
            discovery: {enabled: false}
            """).indent(4));
        SemaphoreStep.success("changed/1", null);

        refused("what it was not allowed", "source sm has no rule", jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).split("given\n", -1)).hasSize(3);
        refused("the next build", "source sm has no rule", run(direct));
        refused("the next build", "rule 1 (jobs nowhere)", run(byId));
    }

    @Test
    void whatACredentialKeepsForItselfIsKeptFromBuildsThatRunToo() throws Exception {
        WorkflowJob job =
                Jenkins.get().getItemByFullName("shop", Folder.class).createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition(
                "semaphore 'kept'\nwithAwsSecrets([secret(variable: 'X', from: 'sm:team/shop/db')]) { }", true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("kept/1", build);

        folder("shop/deep", "string: {id: deep, secret: 'sm:team/shop/db'}");
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("").replace("id: sm,", "id: sm, allow: [{names: ['team/**']}],")).indent(4));
        SemaphoreStep.success("kept/1", null);

        refused("kept since", "a credential of another folder takes it", jenkins.waitForCompletion(build));
    }

    private static void refused(String way, String why, Run<?, ?> build) throws Exception {
        String log = JenkinsRule.getLog(build);
        assertThat(build.getResult()).as(way + "\n" + log).isEqualTo(Result.FAILURE);
        assertThat(log).as(way).contains(why).doesNotContain("canary");
    }

    private static void allowed(Run<?, ?> build) throws Exception {
        assertThat(build.getResult()).as(JenkinsRule.getLog(build)).isEqualTo(Result.SUCCESS);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("canary");
    }

    private WorkflowRun run(String script) throws Exception {
        return runIn("shop", script);
    }

    private int jobs;

    private WorkflowRun runIn(String folder, String script) throws Exception {
        WorkflowJob job =
                Jenkins.get().getItemByFullName(folder, Folder.class).createProject(WorkflowJob.class, "job" + jobs++);
        job.setDefinition(
                new CpsFlowDefinition(script.contains("pipeline {") ? script : "node { " + script + " }", true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private Run<?, ?> wrapper(String reference) throws Exception {
        FreeStyleProject job = Jenkins.get()
                .getItemByFullName("shop", Folder.class)
                .createProject(FreeStyleProject.class, "job" + jobs++);
        job.getBuildWrappersList().add(new AwsSecretsWrapper(List.of(new ReferenceBinding("X", reference))));
        return job.scheduleBuild2(0).get();
    }

    private Run<?, ?> seed(String reference) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        String name = "job" + jobs++;
        ExecuteDslScripts scripts = new ExecuteDslScripts();
        scripts.setScriptText("freeStyleJob('shop/" + name + "') { wrappers { awsSecrets { bindings { secret {"
                + " variable('X')\n from('" + reference + "') } } } } }");
        seed.getBuildersList().add(scripts);
        jenkins.assertBuildStatusSuccess(seed.scheduleBuild2(0));
        return Jenkins.get()
                .getItemByFullName("shop/" + name, FreeStyleProject.class)
                .scheduleBuild2(0)
                .get();
    }

    /** By the address that anybody with Job/Configure may post to. */
    private Run<?, ?> rest(String reference) throws Exception {
        String name = "job" + jobs++;
        FreeStyleProject job =
                Jenkins.get().getItemByFullName("shop", Folder.class).createProject(FreeStyleProject.class, name);
        String xml = "<project><builders/><publishers/><buildWrappers>"
                + "<io.jenkins.plugins.awssecrets.step.AwsSecretsWrapper><bindings>"
                + "<io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding><variable>X</variable><from>"
                + reference
                + "</from></io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding></bindings>"
                + "</io.jenkins.plugins.awssecrets.step.AwsSecretsWrapper></buildWrappers></project>";
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest post = new WebRequest(client.createCrumbedUrl(job.getUrl() + "config.xml"), HttpMethod.POST);
            post.setAdditionalHeader("Content-Type", "application/xml");
            post.setRequestBody(xml);
            client.getPage(post);
        }
        return job.scheduleBuild2(0).get();
    }

    /** Writes a folder as REST or a backup would. */
    private static void folder(String name, String... credentials) throws Exception {
        StringBuilder xml = new StringBuilder("<com.cloudbees.hudson.plugins.folder.Folder><properties>"
                + "<io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty><sources/><credentials>");
        for (String credential : credentials) {
            String id = credential.replaceAll(".*id: (\\w+).*", "$1");
            String secret = credential.replaceAll(".*secret: '([^']+)'.*", "$1");
            xml.append("<io.jenkins.plugins.awssecrets.config.credentials.StringCredential><id>")
                    .append(id)
                    .append("</id><secret>")
                    .append(secret)
                    .append("</secret></io.jenkins.plugins.awssecrets.config.credentials.StringCredential>");
        }
        xml.append("</credentials></io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty></properties>"
                + "</com.cloudbees.hudson.plugins.folder.Folder>");
        byte[] bytes = xml.toString().getBytes(StandardCharsets.UTF_8);
        Folder known = Jenkins.get().getItemByFullName(name, Folder.class);
        if (known != null) {
            known.updateByXml((javax.xml.transform.Source)
                    new javax.xml.transform.stream.StreamSource(new ByteArrayInputStream(bytes)));
            return;
        }
        int slash = name.lastIndexOf('/');
        if (slash < 0) {
            Jenkins.get().createProjectFromXML(name, new ByteArrayInputStream(bytes));
        } else {
            Jenkins.get()
                    .getItemByFullName(name.substring(0, slash), Folder.class)
                    .createProjectFromXML(name.substring(slash + 1), new ByteArrayInputStream(bytes));
        }
    }
}
