package io.jenkins.plugins.awssecrets.config.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.DiscoveryConfiguration;
import io.jenkins.plugins.awssecrets.config.code.WholeConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextInput;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms as a browser has them. */
@WithJenkins
class FormTest {
    private static final String CANARY = "canary-8b7c01";

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        aws:
          accessKeys: [{id: AKIAREADER, secret: made-up, user: reader, policies: [reader]}]
          policies: {reader: [{allow: ["ssm:GetParameters", "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"]}]}
        ssm:
          - {name: /ci/docker/username, value: robot}
        secretsManager:
          - {name: ci/docker, json: {password: %s}}
        vault:
          mounts:
            - {path: secret, secrets: [{path: ci, data: {token: %s}}]}
        """.formatted(CANARY, CANARY)));

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void savingThePageChangesNothing() throws Exception {
        Backends.load(WholeConfiguration.EVERYTHING);
        String before = WholeConfiguration.exported();

        jenkins.submit(configuration());

        assertThat(WholeConfiguration.exported()).isEqualTo(before);
    }

    @Test
    void savingAFolderChangesNothing() throws Exception {
        Backends.load(WholeConfiguration.EVERYTHING);
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setSources(AwsSecretsConfiguration.get().getSources());
        property.setCredentials(AwsSecretsConfiguration.get().getCredentials().subList(1, 8));
        property.setDiscovery(new DiscoveryConfiguration(false));
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(property);
        String before = hudson.model.Items.XSTREAM2.toXML(property);

        jenkins.submit(page("job/team/configure").getFormByName("config"));

        AwsSecretsFolderProperty after = AwsSecretsFolderProperty.of(folder).orElseThrow();
        assertThat(after).isNotSameAs(property);
        assertThat(hudson.model.Items.XSTREAM2.toXML(after)).isEqualTo(before);
    }

    @Test
    void malformedReferenceIsRefusedOnSave() throws Exception {
        backends.configure("credentials: [{string: {id: token, secret: 'sm:ci/docker#password'}}]\n");
        HtmlForm form = configuration();
        HtmlTextInput secret = form.getInputByName("_.secret");

        assertThat(secret.getAttribute("checkUrl")).endsWith("StringCredential/checkSecret");
        secret.setText("sm:ci/docker#");

        HtmlPage answer = submitFailing(form);
        assertThat(answer.asNormalizedText())
                .contains("credentials[0].string.secret: position 14: the field is empty. Expected a member's name");
        assertThat(WholeConfiguration.exported()).contains("sm:ci/docker#password");
    }

    @Test
    void secretThatIsTypedInPlaceOfAReferenceIsExplained() throws Exception {
        backends.configure(
                "credentials: [{usernamePassword: {id: login, username: ci, password: 'sm:ci/docker#password'}}]\n");
        HtmlForm form = configuration();
        HtmlTextInput password = form.getInputByName("_.password");

        password.setText("hunter2");

        assertThat(checked(password, "hunter2"))
                .contains("this field takes a reference to the secret, not the secret itself")
                .doesNotContain("hunter2");
        assertThat(checked(password, "sm:ci/docker#password")).doesNotContain("error");
        assertThat(submitFailing(form).asNormalizedText())
                .contains("credentials[0].usernamePassword.password: ")
                .contains("this field takes a reference to the secret, not the secret itself")
                .doesNotContain("hunter2");
    }

    /** What the field's check says of a text. */
    private String checked(HtmlTextInput field, String text) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        WebRequest check = new WebRequest(new URL(jenkins.getURL(), field.getAttribute("checkUrl")), HttpMethod.POST);
        check.setRequestParameters(List.of(new NameValuePair("value", text)));
        return client.loadWebResponse(client.addCrumb(check)).getContentAsString();
    }

    @Test
    void dropDownsNameACredentialWithItsIdAndOneThatIsGoneAsNotFound() throws Exception {
        Backends.load("""
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword: {scope: SYSTEM, id: vault-approle, description: "Role id and secret id", username: role, password: made-up}
                      - string: {scope: SYSTEM, id: vault-token, description: "Token of Vault", secret: made-up}
            unclassified:
              awsSecrets:
                sources:
                  - vault: {id: vault, url: "https://vault.example:8200", auth: {appRole: {credentialsId: gone}}}
            """);
        HtmlSelect shown = configuration().getSelectByName("_.credentialsId");
        WebRequest fill = new WebRequest(new URL(jenkins.getURL(), shown.getAttribute("fillUrl")), HttpMethod.POST);
        fill.setRequestParameters(List.of(new NameValuePair("credentialsId", "gone")));
        JenkinsRule.WebClient client = jenkins.createWebClient();

        String offered = client.loadWebResponse(client.addCrumb(fill)).getContentAsString();

        assertThat(offered)
                .contains("vault-approle (", "vault-token (Token of Vault)", "gone (not found)")
                .doesNotContain("- current -");
    }

    @Test
    void connectionIsTestedAsTyped() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - ssm: {region: eu-west-1, endpoint: "http://127.0.0.1:1", accessKeyId: AKIAREADER, secretAccessKey: made-up}
                  - secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: AKIAREADER, secretAccessKey: made-up}
                  - vault: {url: "%s", auth: {token: {token: wrong-%s}}}
            """.formatted(
                        backends.running().secretsManager(), backends.running().vault(), CANARY));
        HtmlForm form = configuration();

        HtmlTextInput endpoint = form.getInputByName("_.endpoint");
        endpoint.setText(backends.running().ssm().toString());

        assertThat(press(form, "Test connection", 0)).contains("authenticate", "read", "ssm:DescribeParameters");
        assertThat(press(form, "Test connection", 1)).contains("secretsmanager:ListSecrets");
        assertThat(press(form, "Test connection", 2)).contains("reach", "403").doesNotContain(CANARY);
    }

    @Test
    void credentialIsTriedAsTypedAndGivesNoValue() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - ssm: {region: eu-west-1, endpoint: "%s", accessKeyId: AKIAREADER, secretAccessKey: made-up}
                  - secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: AKIAREADER, secretAccessKey: made-up}
                  - vault: {url: "%s", auth: {token: {token: demo-root-token}}}
                credentials:
                  - dockerRegistry: {id: docker, registry: registry.example, username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
                  - string: {id: token, secret: "vault:secret/ci#missing"}
            """.formatted(
                        backends.running().ssm(),
                        backends.running().secretsManager(),
                        backends.running().vault()));
        HtmlForm form = configuration();

        assertThat(press(form, "Test credential", 0))
                .contains("registry: as filled in")
                .contains("username: ssm:/ci/docker/username, version 1")
                .contains("password: sm:ci/docker#password, version ", "AWSCURRENT")
                .doesNotContain(CANARY)
                .doesNotContain("robot");
        assertThat(press(form, "Test credential", 1))
                .contains("it has no field")
                .doesNotContain(CANARY);
    }

    @Test
    void sourceAndCredentialAreAddedByHand() throws Exception {
        HtmlForm form = configuration();
        HtmlButton add = (HtmlButton) form.getElementsByTagName("button").stream()
                .filter(button -> button.getTextContent().contains("Add credential"))
                .findFirst()
                .orElseThrow();
        HtmlPage page = add.click();
        page.getWebClient().waitForBackgroundJavaScript(5_000);
        HtmlElement kind = page.<HtmlElement>getByXPath("//button[normalize-space(.)='Secret text']").stream()
                .findFirst()
                .orElseThrow();
        kind.click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        form.getInputByName("_.secret").setValue("sm:ci/docker#password");
        List<HtmlElement> ids = form.getElementsByAttribute("input", "name", "_.id");
        ((HtmlTextInput) ids.get(ids.size() - 1)).setText("by-hand");

        jenkins.submit(form);

        assertThat(AwsSecretsConfiguration.get().getCredentials())
                .singleElement()
                .satisfies(credential -> assertThat(credential.getId()).isEqualTo("by-hand"));
    }

    private HtmlForm configuration() throws Exception {
        return page("manage/configure").getFormByName("config");
    }

    private HtmlPage page(String path) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo(path);
        page.getWebClient().waitForBackgroundJavaScript(1_000);
        return page;
    }

    private HtmlPage submitFailing(HtmlForm form) throws Exception {
        form.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        return jenkins.submit(form);
    }

    /** Presses the n-th button of a name and gives what is then said below it. */
    private static String press(HtmlForm form, String title, int n) throws Exception {
        HtmlButton button = (HtmlButton) form.getElementsByTagName("button").stream()
                .filter(one -> one.getTextContent().strip().equals(title))
                .toList()
                .get(n);
        button.click();
        HtmlElement result = (HtmlElement) button.getNextElementSibling();
        String text = text(result);
        for (int i = 0; i < 200 && (text.isBlank() || text.contains("Testing")); i++) {
            form.getPage().getWebClient().waitForBackgroundJavaScript(100);
            text = text(result);
        }
        return text;
    }

    /** A script that runs in the background holds the page's lock, so none of what it writes is read half written. */
    private static String text(HtmlElement element) {
        synchronized (element.getPage()) {
            return element.getTextContent();
        }
    }
}
