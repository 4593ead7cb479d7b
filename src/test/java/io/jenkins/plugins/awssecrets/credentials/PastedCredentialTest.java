package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Somebody who may add credentials to a folder of theirs posts one of ours, which says that it is somebody else's. */
@WithJenkins
class PastedCredentialTest {
    private static final String PAYROLL = "canary-payroll-5f21";
    private static final String MASTER = "canary-master-08be";
    private static final String OWN = "canary-own-77d0";

    @RegisterExtension
    final Backends backends = new Backends(
            Seed.empty().secret("payroll", PAYROLL).secret("master", MASTER).secret("own", OWN));

    private JenkinsRule jenkins;
    private Folder mine;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        backends.configure("""
            credentials:
              - string: {id: master, secret: "sm:master", scope: SYSTEM}
            discovery: {enabled: false}
            """);
        declare(rule.createProject(Folder.class, "victim"), "payroll");
        mine = rule.createProject(Folder.class, "mine");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("attacker")
                .grant(Item.READ, Item.CONFIGURE, Item.BUILD, CredentialsProvider.CREATE, CredentialsProvider.VIEW)
                .onFolders(mine)
                .to("attacker")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private static void declare(Folder folder, String name) throws Exception {
        StringCredential credential = new StringCredential(name);
        credential.setSecret("sm:" + name);
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setCredentials(List.of(credential));
        folder.addProperty(property);
    }

    @Test
    void credentialOfAnotherFolderIsNotGivenToWhoNamesItsOwner() throws Exception {
        paste("payroll", "<owner>victim</owner>");

        assertRefused("payroll", PAYROLL);
    }

    @Test
    void systemCredentialIsNotGivenToAJob() throws Exception {
        paste("master", "<owner></owner>");

        assertRefused("master", MASTER);
    }

    @Test
    void copyIsOfNoUseOutsideOfABuild() throws Exception {
        paste("payroll", "<owner>victim</owner>");
        StringCredentials copy = CredentialsProvider.findCredentialByIdInItemGroup(
                "payroll", StringCredentials.class, mine, ACL.SYSTEM2, List.of());

        assertThat(copy).isNotNull();
        assertThatThrownBy(copy::getSecret).isInstanceOf(CredentialsUnavailableException.class);
    }

    @Test
    void copyGivesABuildWhatItsJobSeesAnyway() throws Exception {
        declare(mine, "own");
        paste("own", "");

        WorkflowRun build = build("own");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build)).contains(reversed(OWN));
    }

    @Test
    void copyInAUsersOwnStoreGivesTheUsersBuildNothingOfOthers() throws Exception {
        int status = post("user/attacker/credentials/store/user/domain/_/createCredentials", xml("payroll", ""));
        assertThat(status).isEqualTo(200);
        WorkflowJob job = job("${params.SECRET}");
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("SECRET", "", "payroll", StringCredentials.class.getName(), true)));

        WorkflowRun build = job.scheduleBuild2(0).get();

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain(PAYROLL, reversed(PAYROLL));
    }

    @Test
    void anOwnerInXmlIsNotEvenRead() {
        Object read = Items.XSTREAM2.fromXML(xml("payroll", "<owner>victim</owner>"));

        assertThat(Items.XSTREAM2.toXML(read)).doesNotContain("owner", "victim");
    }

    private void assertRefused(String id, String value) throws Exception {
        WorkflowRun build = build(id);

        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build))
                .contains("sees no such credential")
                .doesNotContain(value, reversed(value));
    }

    private WorkflowRun build(String id) throws Exception {
        return job(id).scheduleBuild2(0).get();
    }

    private WorkflowJob job(String id) throws Exception {
        WorkflowJob job = mine.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "withCredentials([string(credentialsId: \"" + id + "\", variable: 'T')]) { echo T.reverse() }", true));
        return job;
    }

    private void paste(String id, String owner) throws Exception {
        assertThat(post("job/mine/credentials/store/folder/domain/_/createCredentials", xml(id, owner)))
                .isEqualTo(200);
    }

    private static String xml(String id, String owner) {
        return "<io.jenkins.plugins.awssecrets.credentials.FetchedString><scope>GLOBAL</scope><id>" + id
                + "</id><description/>" + owner + "</io.jenkins.plugins.awssecrets.credentials.FetchedString>";
    }

    private int post(String path, String xml) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("attacker");
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/xml");
        request.setRequestBody(xml);
        return client.loadWebResponse(request).getStatusCode();
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
