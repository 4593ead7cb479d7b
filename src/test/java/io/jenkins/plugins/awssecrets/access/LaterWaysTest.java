package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;
import org.jenkinsci.plugins.workflow.libs.LibraryRetrieverDescriptor;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.TestExtension;

/** Ways by which a build comes to a secret later than by its own script: whichever it is, the decision is the same. */
@ExtendWith(SharedJenkins.class)
class LaterWaysTest {
    private static final String RULES = "allow: [{names: ['taken/*', 'team/${folder}/*']}]";

    /** What a job outside of {@code shop/web} may have by none of these ways, and what it is told. */
    private static final Map<String, String> CLOSED = Map.of(
            "guarded", "rule 1 (jobs shop/web) needs the job shop/web",
            "sm:taken/system", "scope SYSTEM",
            "sm:other/x", "no rule of source sm allows");

    private static JenkinsRule jenkins;
    private static Folder shop;
    private static int jobs;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .secret("ci/login", "canary-login-62bb")
            .secret("taken/system", "canary-sys-62bb")
            .secret("taken/open", "canary-open-62bb")
            .secret("team/shop/db", "canary-shop-62bb")
            .secret("other/x", "canary-other-62bb"));

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        User.getById("alice", true);
        shop = rule.createProject(Folder.class, "shop");
    }

    @BeforeEach
    void configure() throws Exception {
        rules(RULES, "shop/web");
    }

    @Test
    void parameterGivesNoMoreThanItsJobMayHave() throws Exception {
        for (Map.Entry<String, String> closed : CLOSED.entrySet()) {
            refused(closed.getValue(), parameterised(shop, "job" + jobs++, closed.getKey(), true));
            refused(closed.getValue(), parameterised(shop, "job" + jobs++, closed.getKey(), false));
        }
        refused("Could not find credentials entry", parameterised(shop, "job" + jobs++, "agents", true));
        refused("Could not find credentials entry", parameterised(shop, "job" + jobs++, "agents", false));
        assertThat(backends.running().requests().to(Service.SECRETS_MANAGER)).isEmpty();

        for (boolean preset : List.of(true, false)) {
            Run<?, ?> build = parameterised(shop, "web", "guarded", preset);
            allowed(build);
            assertThat(JenkinsRule.getLog(build)).contains("got ****");
            build.getParent().delete();
        }
    }

    @Test
    void inputGivesNoMoreThanItsJobMayHave() throws Exception {
        for (Map.Entry<String, String> closed : CLOSED.entrySet()) {
            refused(closed.getValue(), answered(shop, "job" + jobs++, closed.getKey()));
        }
        Run<?, ?> build = answered(shop, "web", "guarded");
        allowed(build);
        assertThat(JenkinsRule.getLog(build)).contains("got ****");
        build.getParent().delete();
    }

    @Test
    void decisionIsMadeWhenTheValueIsAskedForNotWhenTheIdIsLookedUp() throws Exception {
        FreeStyleProject web = shop.createProject(FreeStyleProject.class, "web");
        // What was allowed when the build began stays allowed, but for what is there no more.
        assertThat(asked(web, () -> rules(RULES, "nowhere"))).contains("given: ****");
        assertThat(asked(web, () -> rules(RULES, "nowhere", "another")))
                .contains("refused: ")
                .contains("no credential with this id is declared");
        rules(RULES, "nowhere");
        assertThat(asked(web, () -> rules(RULES, "shop/web"))).contains("given: ****");
        web.delete();
    }

    /** What a build is given of what it looked up before a change. */
    private static String asked(FreeStyleProject job, Change change) throws Exception {
        job.getBuildersList().replace(new AsksAfterAChange(change));
        Run<?, ?> build = job.scheduleBuild2(0).get();
        allowed(build);
        return JenkinsRule.getLog(build);
    }

    @Test
    void replayIsDecidedAboutAnew() throws Exception {
        String own = "withAwsSecrets([secret(variable: 'X', from: 'sm:team/shop/db')]) { }";
        WorkflowRun first = run(job(shop, "job" + jobs++, own));
        allowed(first);

        refused("scope SYSTEM", replay(first, own.replace("team/shop/db", "taken/system")));
        allowed(replay(first, own));
        rules("", "shop/web");
        refused("source sm has no rule", replay(first, own));
    }

    @Test
    void jobIsJudgedByTheNameThatItHasNow() throws Exception {
        Folder pay = jenkins.createProject(Folder.class, "pay");
        WorkflowJob job = job(shop, "web", "withAwsSecrets([string(credentialsId: 'guarded', variable: 'X')]) { }");
        WorkflowJob own = job(shop, "own", "withAwsSecrets([secret(variable: 'X', from: 'sm:team/shop/db')]) { }");
        allowed(run(job));
        allowed(run(own));

        job.renameTo("other");
        refused("to job shop/other", run(job));
        job.renameTo("web");
        allowed(run(job));
        refused("to job pay/web", run(moved(job, pay)));
        refused("to job pay/own", run(moved(own, pay)));
        shop.renameTo("market");
        shop = jenkins.jenkins.getItemByFullName("market", Folder.class);
        WorkflowJob elsewhere =
                job(shop, "own", "withAwsSecrets([secret(variable: 'X', from: 'sm:team/shop/db')]) { }");
        refused("to job market/own", run(elsewhere));
        elsewhere.delete();
        shop.renameTo("shop");
        shop = jenkins.jenkins.getItemByFullName("shop", Folder.class);
    }

    @Test
    void jobThatIsRenamedWhileItRunsKeepsWhatItWasAllowed() throws Exception {
        String id = "withCredentials([string(credentialsId: 'guarded', variable: 'X')]) { echo 'given' }\n";
        WorkflowJob job = job(shop, "web", id + "semaphore 'renamed'\n" + id);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("renamed/1", build);
        rules(RULES, "nowhere");
        SemaphoreStep.success("renamed/1", null);

        allowed(jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).split("given\n", -1)).hasSize(3);
        job.delete();
    }

    @Test
    void sharedLibraryIsTheBuildThatCallsIt() throws Exception {
        LibraryConfiguration trusted = new LibraryConfiguration("shared", new WrittenHere());
        trusted.setDefaultVersion("1");
        trusted.setImplicit(true);
        GlobalLibraries.get().setLibraries(List.of(trusted));
        try {
            for (String reference : List.of("sm:taken/system", "sm:other/x")) {
                refused(CLOSED.get(reference), run(job(shop, "job" + jobs++, "byStep('" + reference + "')")));
                refused(CLOSED.get(reference), run(job(shop, "job" + jobs++, "byId('" + reference + "')")));
            }
            refused(CLOSED.get("guarded"), run(job(shop, "job" + jobs++, "byId('guarded')")));
            allowed(run(job(shop, "job" + jobs++, "byStep('sm:team/shop/db')")));
        } finally {
            GlobalLibraries.get().setLibraries(List.of());
        }
    }

    /** @param rules of the source; @param guarded the only job that has the credential */
    private void rules(String rules, String guarded) throws Exception {
        rules(rules, guarded, "guarded");
    }

    /** @param id of the credential */
    private void rules(String rules, String guarded, String id) throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("").replace("id: sm,", "id: sm, " + (rules.isEmpty() ? "" : rules + ","))
                                + """
                                credentials:
                                  - string: {id: agents, secret: "sm:taken/system", scope: SYSTEM}
                                  - string: {id: %s, secret: "sm:ci/login", allow: [{jobs: ["%s"]}]}
                                discovery: {enabled: false}
                                """.formatted(id, guarded))
                        .indent(4));
    }

    private static Run<?, ?> parameterised(Folder folder, String name, String id, boolean preset) throws Exception {
        WorkflowJob job = job(
                folder, name, "withCredentials([string(credentialsId: '${P}', variable: 'X')]) { echo \"got $X\" }");
        job.addProperty(new ParametersDefinitionProperty(new CredentialsParameterDefinition(
                "P", "", preset ? id : "", StringCredentialsImpl.class.getName(), true)));
        CauseAction alice = new CauseAction(new Cause.UserIdCause("alice"));
        return jenkins.waitForCompletion((preset
                        ? job.scheduleBuild2(0, alice)
                        : job.scheduleBuild2(
                                0, alice, new ParametersAction(new CredentialsParameterValue("P", id, ""))))
                .waitForStart());
    }

    /** As somebody answers on the page of the build. */
    private static Run<?, ?> answered(Folder folder, String name, String id) throws Exception {
        WorkflowJob job = job(folder, name, """
            input(id: 'Which', message: 'Which?', parameters: [credentials(name: 'P', description: '', defaultValue: '',
                credentialType: 'org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl', required: true)])
            withCredentials([string(credentialsId: '${P}', variable: 'X')]) { echo "got $X" }
            """);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        while (build.getAction(InputAction.class) == null
                || build.getAction(InputAction.class).getExecutions().isEmpty()) {
            assertThat(build.isLogUpdated()).as(JenkinsRule.getLog(build)).isTrue();
            Thread.onSpinWait();
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("alice")) {
            WebRequest post = new WebRequest(
                    new URL(client.getContextPath() + build.getUrl() + "input/Which/proceed"), HttpMethod.POST);
            post.setRequestParameters(Arrays.asList(
                    new NameValuePair("proceed", "Proceed"),
                    new NameValuePair("json", "{\"parameter\": [{\"name\": \"P\", \"value\": \"" + id + "\"}]}")));
            client.getPage(client.addCrumb(post));
        }
        return jenkins.waitForCompletion(build);
    }

    private static WorkflowRun replay(WorkflowRun build, String script) throws Exception {
        return jenkins.waitForCompletion((WorkflowRun) build.getAction(ReplayAction.class)
                .run("node { " + script + " }", Map.of())
                .waitForStart());
    }

    private static WorkflowJob job(Folder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("node { " + script + " }", true));
        return job;
    }

    private static WorkflowRun run(WorkflowJob job) throws Exception {
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static WorkflowJob moved(WorkflowJob job, Folder where) throws Exception {
        return Items.move(job, where);
    }

    private static void refused(String why, Run<?, ?> build) throws Exception {
        String log = JenkinsRule.getLog(build);
        assertThat(build.getResult()).as(log).isEqualTo(Result.FAILURE);
        assertThat(log).contains(why).doesNotContain("canary").doesNotContain("got ");
    }

    private static void allowed(Run<?, ?> build) throws Exception {
        assertThat(build.getResult()).as(JenkinsRule.getLog(build)).isEqualTo(Result.SUCCESS);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("canary");
    }

    private interface Change {
        void make() throws Exception;
    }

    /** Holds what it looked up while the rules change. */
    public static final class AsksAfterAChange extends TestBuilder {
        private final transient Change change;

        AsksAfterAChange(Change change) {
            this.change = change;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) {
            StringCredentials found = CredentialsProvider.findCredentialById("guarded", StringCredentials.class, build);
            try {
                change.make();
                listener.getLogger().println("given: " + found.getSecret());
            } catch (CredentialsUnavailableException e) {
                listener.getLogger().println("refused: " + e.getMessage());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return true;
        }
    }

    /** A library that its repository would hold. */
    public static final class WrittenHere extends LibraryRetriever {
        @Override
        public void retrieve(
                String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            retrieve(name, version, target, run, listener);
        }

        @Override
        public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            target.child("vars/byStep.groovy")
                    .write("def call(String it) { withAwsSecrets([secret(variable: 'X', from: it)]) { } }", "UTF-8");
            target.child("vars/byId.groovy")
                    .write(
                            "def call(String it) { withCredentials([string(credentialsId: it, variable: 'X')]) { } }",
                            "UTF-8");
        }

        /** As retrievers have one. */
        @TestExtension
        public static final class DescriptorImpl extends LibraryRetrieverDescriptor {}
    }
}
