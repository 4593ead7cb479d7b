package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.DownSource;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TroubleMonitorTest {
    // Off by default, and then implied by ADMINISTER.
    @BeforeEach
    void offerReadingTheSystem() {
        Jenkins.SYSTEM_READ.setEnabled(true);
    }

    @AfterEach
    void withdrawReadingTheSystem() {
        Jenkins.SYSTEM_READ.setEnabled(false);
    }

    @Test
    void sourceThatIsDownIsToldWithCauseAndFixUntilItIsDismissed(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor"));
        TroubleMonitor monitor = ExtensionList.lookupSingleton(TroubleMonitor.class);
        DownSource.configure();
        assertThat(monitor.isActivated()).isFalse();

        DownSource.callInVain(jenkins.jenkins);

        assertThat(monitor.isActivated()).isTrue();
        JenkinsRule.WebClient auditor = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        auditor.login("auditor");
        assertThat(auditor.goTo("manage").asNormalizedText())
                .contains("Source down is down: its backend does not respond")
                .contains("To fix it")
                .doesNotContain("Dismiss");
        assertThat(post(auditor, monitor, "no=Dismiss")).isEqualTo(403);
        assertThat(monitor.isEnabled()).isTrue();
        assertThat(auditor.goTo(monitor.getUrl() + "/act").getWebResponse().getStatusCode())
                .as("a change by a mere link")
                .isEqualTo(404);

        JenkinsRule.WebClient admin = jenkins.createWebClient();
        admin.login("admin");
        HtmlPage manage = admin.goTo("manage");
        assertThat(manage.getForms())
                .filteredOn(form -> form.getActionAttribute().endsWith(monitor.getUrl() + "/act"))
                .hasSize(1);
        assertThat(post(admin, monitor, "no=Dismiss")).isEqualTo(200);
        assertThat(monitor.isEnabled()).isFalse();
    }

    @Test
    void sourceOfAFolderIsShownToThoseWhoMayReadTheFolderAlone(JenkinsRule jenkins) throws Exception {
        Folder secret = jenkins.createProject(Folder.class, "secret-team");
        VaultConfiguration source = new VaultConfiguration("down");
        source.setUrl("http://127.0.0.1:1");
        TokenAuth auth = new TokenAuth();
        auth.setToken(Secret.fromString("t"));
        source.setAuth(auth);
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setSources(List.of(source));
        secret.addProperty(property);
        Backends.load("unclassified:\n  awsSecrets: {discovery: {enabled: false}, folders: [{folders: ['**'],"
                + " addresses: ['http://127.0.0.1:1']}]}\n");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor", "reader-of-all")
                .grant(Item.READ)
                .everywhere()
                .to("reader-of-all"));

        DownSource.callInVain(secret);

        JenkinsRule.WebClient auditor = jenkins.createWebClient().login("auditor");
        assertThat(auditor.goTo("manage").asNormalizedText()).doesNotContain("is down", "secret-team");
        JenkinsRule.WebClient all = jenkins.createWebClient().login("reader-of-all");
        assertThat(all.goTo("manage").asNormalizedText()).contains("is down", "secret-team");
    }

    private static int post(JenkinsRule.WebClient client, AdministrativeMonitor monitor, String query)
            throws Exception {
        WebRequest request =
                new WebRequest(new URL(client.getContextPath() + monitor.getUrl() + "/act?" + query), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getStatusCode();
    }
}
