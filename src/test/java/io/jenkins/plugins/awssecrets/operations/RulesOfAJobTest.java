package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The fields <em>Full name of the job</em> and <em>Reference</em>, which explain what the rules decide. */
@ExtendWith(SharedJenkins.class)
class RulesOfAJobTest {
    private static JenkinsRule jenkins;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty());

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        Jenkins.SYSTEM_READ.setEnabled(true);
        jenkins = rule;
        Folder shop = rule.createProject(Folder.class, "shop");
        FreeStyleProject web = shop.createProject(FreeStyleProject.class, "web");
        shop.createProject(FreeStyleProject.class, "hidden");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Item.READ)
                .onItems(shop, web)
                .to("auditor")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    @AfterAll
    static void withdrawFinerPermissions() {
        Jenkins.SYSTEM_READ.setEnabled(false);
    }

    @BeforeEach
    void configure() throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("").replace("id: sm,", "id: sm, allow: [{names: ['team/${folder}/*']}],") + """
                    credentials:
                      - string: {id: open, secret: "sm:ci/open"}
                      - string: {id: guarded, secret: "sm:ci/guarded", allow: [{jobs: ["pay/**"]}, {branches: [main]}]}
                      - string: {id: agents, secret: "sm:ci/agents", scope: SYSTEM}
                    discovery: {enabled: false}
                    """)
                        .indent(4));
    }

    @Test
    void eachCredentialAndTheReferenceIsExplained() throws Exception {
        HtmlPage page = show("admin", "shop/web", "sm:team/shop/db#password");

        assertThat(page.getElementsByTagName("h2").stream().map(DomElement::getTextContent))
                .contains("job shop/web");
        Map<String, String> rows = rows(page);
        assertThat(rows).containsOnlyKeys("sm:team/shop/db#password", "open", "guarded", "agents");
        assertThat(rows.get("sm:team/shop/db#password")).isEqualTo("true rule 1 (names team/${folder}/*) of source sm");
        assertThat(rows.get("open")).isEqualTo("true the credential has no rules");
        assertThat(rows.get("guarded"))
                .startsWith("false ")
                .contains("rule 1 (jobs pay/**) needs the job pay/**")
                .contains("rule 2 (branches main) needs a build of the branch main")
                .contains("To fix it, ");
        assertThat(rows.get("agents")).startsWith("false ").contains("scope SYSTEM");
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void whoTheNextBuildReadsAsIsSaidApartFromWhatTheRulesDecide() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - ssm: {id: shared, region: eu-west-1, accessKeyId: AKIAEXAMPLE, secretAccessKey: any}
                  - ssm:
                      id: tagged
                      region: eu-west-1
                      accessKeyId: AKIAEXAMPLE
                      secretAccessKey: any
                      assumeRole: {roleArn: "arn:aws:iam::123456789012:role/jenkins/^${folder}", perBuild: true, tags: true}
                  - vault:
                      id: child
                      url: "https://vault.example:8200"
                      auth: {token: {token: made-up}}
                      perBuild: {policies: ["jenkins-^${folder}"]}
                credentials: []
                discovery: {enabled: false}
            """);

        HtmlPage page = show("admin", "shop/web", "");
        Map<String, String> identities = rows(page, "data-source");

        assertThat(page.asNormalizedText()).contains("Test connection of a source tests the login of the controller.");
        assertThat(identities).containsOnlyKeys("tagged", "child");
        assertThat(identities.get("tagged"))
                .startsWith(
                        "true build 1 reads as role arn:aws:iam::123456789012:role/jenkins/shop, session shop-web-1")
                .contains("session tags jenkins-controller=" + jenkins.getURL() + ", jenkins-folder=shop,"
                        + " jenkins-job=shop/web; the controller's own login reads no secret");
        assertThat(identities.get("child")).startsWith("true build 1 reads as a token with policies jenkins-shop");
        jenkins.createFreeStyleProject("alone");
        assertThat(rows(show("admin", "alone", ""), "data-source").get("tagged"))
                .startsWith("false refused: job alone is in no folder")
                .contains("To fix it, ");
        assertThat(rows(show("admin", "shop/web", ""), "data-subject")).isEmpty();
    }

    @Test
    void referenceThatIsRefusedOrMalformedIsExplained() throws Exception {
        assertThat(rows(show("admin", "shop/web", "sm:team/pay/db")).get("sm:team/pay/db"))
                .startsWith("false no rule of source sm allows a direct reference to it to job shop/web");
        assertThat(show("admin", "shop/web", "<i>pasted</i>").asNormalizedText())
                .contains("Not a reference: ");
        assertThat(show("admin", "shop/web", "<i>pasted</i>").getWebResponse().getContentAsString())
                .doesNotContain("<i>pasted");
    }

    @Test
    void whatIsNotAJobIsSaidAsOneThatTheReaderMayNotSee() throws Exception {
        assertThat(show("admin", "shop", "").asNormalizedText()).contains("Not a job. For a multibranch project");
        assertThat(show("admin", "shop/none", "").asNormalizedText()).contains("No job with this full name.");
        assertThat(show("auditor", "shop/hidden", "").asNormalizedText()).contains("No job with this full name.");
        assertThat(rows(show("auditor", "shop/web", ""))).containsKey("guarded");
    }

    @Test
    void nobodyElseOpensIt() throws Exception {
        assertThat(new PageUnderTest(jenkins, PageUnderTest.GLOBAL, "reader").status("rules/?job=shop/web"))
                .isEqualTo(403);
        assertThat(new PageUnderTest(jenkins, PageUnderTest.GLOBAL, "auditor").status("rules/?job=shop/web"))
                .isEqualTo(200);
    }

    /** From the page that links to it, as a person types. */
    private static HtmlPage show(String user, String job, String reference) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            client.withBasicCredentials(user);
            HtmlPage page =
                    client.goTo(PageUnderTest.GLOBAL).getAnchorByHref("rules/").click();
            HtmlForm form = page.getFormByName("rules");
            form.getInputByName("job").setValue(job);
            form.getInputByName("reference").setValue(reference);
            return form.getElementsByTagName("button").get(0).click();
        }
    }

    private static Map<String, String> rows(HtmlPage page) {
        return rows(page, "data-subject");
    }

    private static Map<String, String> rows(HtmlPage page, String subject) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (DomElement row : page.getElementsByTagName("tr")) {
            if (row.hasAttribute(subject)) {
                rows.put(
                        row.getAttribute(subject),
                        row.getAttribute("data-allowed") + " "
                                + row.getLastElementChild().getTextContent().trim());
            }
        }
        return rows;
    }
}
