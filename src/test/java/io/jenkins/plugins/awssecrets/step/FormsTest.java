package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.step.binding.DatabaseBinding;
import io.jenkins.plugins.awssecrets.step.binding.FileBinding;
import io.jenkins.plugins.awssecrets.step.binding.ReferenceBinding;
import io.jenkins.plugins.awssecrets.step.binding.SecretsBinding;
import io.jenkins.plugins.awssecrets.step.binding.StringBinding;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The forms of the snippet generator and the build wrapper: what they list, for whom, and what they say of a reference. */
@ExtendWith(SharedJenkins.class)
class FormsTest {
    private static final String LIST = "descriptorByName/" + StringBinding.class.getName() + "/fillCredentialsIdItems";
    private static final String CHECK = "descriptorByName/" + ReferenceBinding.class.getName() + "/checkFrom";
    private static final String CHECK_SEVERAL = "descriptorByName/" + SecretsBinding.class.getName() + "/checkFrom";

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty());

    private JenkinsRule jenkins;
    private FreeStyleProject above;
    private FreeStyleProject inTeam;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("""
            credentials:
              - string: {id: everywhere, secret: "sm:ci/one"}
              - string: {id: machine, secret: "sm:ci/one", scope: SYSTEM}
              - usernamePassword: {id: other-kind, username: u, password: "sm:ci/one"}
            discovery: {enabled: false}
            """);
        StringCredential own = new StringCredential("of-the-team");
        own.setSecret("sm:ci/two");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setCredentials(List.of(own));
        Folder team = jenkins.createProject(Folder.class, "team");
        team.addProperty(property);
        above = jenkins.createFreeStyleProject("above");
        inTeam = team.createProject(FreeStyleProject.class, "in-team");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "user", "configurer")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
    }

    @AfterEach
    void clear() throws Exception {
        SharedJenkins.clear(jenkins);
    }

    @Test
    void listHasTheIdsOfTheKindThatTheJobSees() throws Exception {
        for (String who : List.of("admin", "configurer", "user")) {
            assertThat(ids(who, above, "")).as(who).containsExactly("everywhere");
            assertThat(ids(who, inTeam, "")).as(who).containsExactly("everywhere", "of-the-team");
        }
    }

    @Test
    void idThatIsChosenStaysInTheListWhereNobodyKnowsIt() throws Exception {
        assertThat(ids("configurer", inTeam, "gone")).containsExactly("everywhere", "of-the-team", "gone");
    }

    @Test
    void whoMayNotUseTheJobsCredentialsLearnsNoId() throws Exception {
        assertThat(ids("reader", inTeam, "chosen")).containsExactly("chosen");
    }

    @Test
    void referenceIsCheckedWhereItIsTyped() throws Exception {
        assertThat(checked("sm:ci/sonar#token")).doesNotContain("error");
        assertThat(checked("other:x")).contains("error", "no source of that id. Expected one of sm, ssm, vault");
        assertThat(checked("sm:ci/a#b#c")).contains("error", "position 10");
        assertThat(checked(CHECK_SEVERAL, "sm:ci/sonar")).doesNotContain("error");
        assertThat(checked(CHECK_SEVERAL, "other:x"))
                .contains("error", "no source of that id. Expected one of sm, ssm, vault");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void variableIsCheckedWhereItIsTyped() throws Exception {
        for (Class<?> binding : List.of(
                ReferenceBinding.class,
                StringBinding.class,
                FileBinding.class,
                DatabaseBinding.class,
                SecretsBinding.class)) {
            for (String field : List.of("Variable", "Prefix")) {
                String check = "descriptorByName/" + binding.getName() + "/check" + field;
                assertThat(checked(check, "1BAD-NAME"))
                        .as(check)
                        .contains("error", "it is not a valid variable name. Expected letters, digits");
                assertThat(checked(check, "GOOD_1")).as(check).doesNotContain("error");
                assertThat(post("reader", inTeam, check, "value", "X").getStatusCode())
                        .as(check)
                        .isEqualTo(403);
            }
        }
        assertThat(checked("descriptorByName/" + StringBinding.class.getName() + "/checkVariable", ""))
                .doesNotContain("error");
        assertThat(checked("descriptorByName/" + ReferenceBinding.class.getName() + "/checkVariable", " "))
                .contains("error", "Set the name of the environment variable");
    }

    @Test
    void snippetGeneratorWritesNoNameThatABlockRefuses() throws Exception {
        assertThat(snippet(ReferenceBinding.class, Map.of("variable", "1BAD-NAME", "from", "sm:ci/sonar")))
                .isEqualTo(
                        "variable '1BAD-NAME' of secret sm:ci/sonar: it is not a valid variable name. Expected letters,"
                                + " digits and '_', not beginning with a digit");
        assertThat(snippet(DatabaseBinding.class, Map.of("credentialsId", "db", "prefix", "MY-DB")))
                .startsWith("'MY-DB' of database 'db': it is not a valid variable name");
        assertThat(snippet(StringBinding.class, Map.of("credentialsId", "one", "variable", "a b")))
                .startsWith("'a b' of string 'one': it is not a valid variable name");
        assertThat(snippet(SecretsBinding.class, Map.of("from", "ssm:/ci/", "prefix", "9")))
                .startsWith("prefix '9' of secrets ssm:/ci/: it is not a valid variable name");
        assertThat(snippet(ReferenceBinding.class, Map.of("variable", "SONAR", "from", "sm:ci/sonar")))
                .contains("withAwsSecrets([secret(from: 'sm:ci/sonar', variable: 'SONAR')])");
    }

    private String snippet(Class<?> binding, Map<String, String> fields) throws Exception {
        JSONObject one = new JSONObject();
        one.put("stapler-class", binding.getName());
        one.putAll(fields);
        JSONObject step = new JSONObject();
        step.put("stapler-class", AwsSecretsStep.class.getName());
        step.put("bindings", List.of(one));
        JenkinsRule.WebClient client = client("admin");
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("json", step.toString())));
        return client.getPage(client.addCrumb(request))
                .getWebResponse()
                .getContentAsString()
                .strip();
    }

    @Test
    void readerMayNotHaveAReferenceChecked() throws Exception {
        for (String method : List.of(CHECK, CHECK_SEVERAL)) {
            assertThat(post("reader", inTeam, method, "value", "sm:x").getStatusCode())
                    .as(method)
                    .isEqualTo(403);
        }
    }

    @Test
    void formsAnswerToPostAlone() throws Exception {
        JenkinsRule.WebClient client = client("admin");

        for (String method : List.of(LIST, CHECK, CHECK_SEVERAL)) {
            assertThat(client.getPage(new WebRequest(url(inTeam, method), HttpMethod.GET))
                            .getWebResponse()
                            .getStatusCode())
                    .isIn(404, 405);
        }
    }

    private String checked(String reference) throws Exception {
        return checked(CHECK, reference);
    }

    private String checked(String method, String reference) throws Exception {
        WebResponse response = post("configurer", inTeam, method, "value", reference);
        assertThat(response.getStatusCode()).isEqualTo(200);
        return response.getContentAsString();
    }

    private List<String> ids(String who, Job<?, ?> job, String chosen) throws Exception {
        WebResponse response = post(who, job, LIST, "credentialsId", chosen);
        assertThat(response.getStatusCode()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        JSONObject.fromObject(response.getContentAsString())
                .getJSONArray("values")
                .forEach(value -> ids.add(((JSONObject) value).getString("value")));
        return ids;
    }

    private WebResponse post(String who, Job<?, ?> job, String method, String name, String value) throws Exception {
        JenkinsRule.WebClient client = client(who);
        WebRequest request = new WebRequest(url(job, method), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair(name, value)));
        return client.getPage(client.addCrumb(request)).getWebResponse();
    }

    private JenkinsRule.WebClient client(String who) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(who);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        return client;
    }

    private URL url(Job<?, ?> job, String method) throws Exception {
        return new URL(jenkins.getURL(), job.getUrl() + method);
    }
}
