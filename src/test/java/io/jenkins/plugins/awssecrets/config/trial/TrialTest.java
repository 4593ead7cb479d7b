package io.jenkins.plugins.awssecrets.config.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Connection tests and trials beside the everyday. */
@WithJenkins
class TrialTest {
    private static final String CANARY = "canary-0d51";

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager:
          - {name: ci/hub, json: {username: ci-robot, password: canary-0d51}}
          - {name: ci/line, string: "canary-0d51\\n"}
        vault:
          mounts:
            - {path: aws, type: aws, roles: {deploy: {ttl: 1h, fields: {access_key: "AKIA{{random}}", secret_key: %s}}, team: {ttl: 1h, fields: {secret_key: %s}}, open: {ttl: 1h, fields: {secret_key: %s}}}}
        """.formatted(CANARY, CANARY, CANARY)));

    @Test
    void sourceThatHangsIsGivenUp(JenkinsRule jenkins) throws Exception {
        backends.running().faults().inject(Service.VAULT, Fault.latency(Duration.ofMinutes(2)));
        Instant start = Instant.now();

        String told = post(jenkins, "sources.VaultConfiguration/testConnection", "sources", vault());

        assertThat(told).contains("class=\"error\"", "reach ");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(Trial.SECONDS + 10L));
    }

    @Test
    void leaseOfATrialIsRevoked(JenkinsRule jenkins) throws Exception {
        backends.configure("discovery: {enabled: false}\n");
        JSONObject credential = item("credentials.AwsCredential")
                .element("id", "deploy")
                .element("accessKeyId", "vault:aws/creds/deploy#access_key")
                .element("secretAccessKey", "vault:aws/creds/deploy#secret_key");

        String told = post(jenkins, "credentials.AwsCredential/try", "credentials", credential, "sources", vault());

        assertThat(told)
                .contains("secretAccessKey: vault:aws/creds/deploy#secret_key", "lease of 3600 s", "revoked again")
                .doesNotContain(CANARY);
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(1);
    }

    /** As {@code check} does, which comes only after saving. */
    @Test
    void whatIsWorthAWarningIsSaidBeforeTheFormIsSaved(JenkinsRule jenkins) throws Exception {
        backends.configure("discovery: {enabled: false}\n");
        JSONObject credential = item("credentials.UsernamePasswordCredential")
                .element("id", "hub")
                .element("username", "sm:ci/line")
                .element("password", "sm:ci/hub");

        String told = post(
                jenkins, "credentials.UsernamePasswordCredential/try", "credentials", credential, "sources", List.of());

        assertThat(told)
                .contains("class=\"warning\"", "Name the member: sm:ci/hub#password", "ends with a line break")
                .doesNotContain(CANARY);
    }

    @Test
    void controllersLoginIsToldApartFromThatOfBuilds(JenkinsRule jenkins) throws Exception {
        JSONObject role = new JSONObject()
                .element("roleArn", "arn:aws:iam::123456789012:role/jenkins-${folder}")
                .element("perBuild", true)
                .element("tags", true);
        JSONObject source = item("sources.SsmConfiguration")
                .element("id", "own")
                .element("region", "eu-west-1")
                .element("endpoint", backends.running().ssm().toString())
                .element("stsEndpoint", backends.running().sts().toString())
                .element("assumeRole", role);

        String told = post(jenkins, "sources.SsmConfiguration/testConnection", "sources", source);

        assertThat(told)
                .contains("controller: authenticate", "controller: reach", "controller: list")
                .contains("builds: ", "as role arn:aws:iam::123456789012:role/jenkins-${folder}, with session tags")
                .contains("Rules for a job");
        assertThat(backends.running().requests().to(Service.STS)).isEmpty();
    }

    @Test
    void whatIsNoFormIsSaidAndNotRepeated(JenkinsRule jenkins) throws Exception {
        assertThat(send(jenkins, "credentials.StringCredential/try", "{\"secret\": \"" + CANARY))
                .contains("class=\"error\"", "Reload the page")
                .doesNotContain(CANARY);
    }

    /** That a secret exists is for those to know who may have it. */
    @Test
    void folderTriesOfASourceAboveItWhatTheSourcesRulesAllowIt(JenkinsRule jenkins) throws Exception {
        jenkins.createProject(Folder.class, "team");
        jenkins.createProject(Folder.class, "other");
        Backends.load("unclassified:\n  awsSecrets:\n"
                + (backends.sources("allow: [{names: [\"**/creds/^${folder}\", \"**/creds/open\"]}]") + """
                    credentials:
                      - string: {id: hidden, secret: "vault:aws/creds/open#secret_key", scope: SYSTEM}
                    """).indent(4));

        assertThat(tryInFolder(jenkins, "team", "vault:aws/creds/team#secret_key"))
                .contains("secret: vault:aws/creds/team#secret_key")
                .doesNotContain(CANARY);
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isEqualTo(1);
        assertThat(tryInFolder(jenkins, "other", "vault:aws/creds/team#secret_key"))
                .contains("source vault has no rule that allows it to folder other")
                .doesNotContain("lease");
        assertThat(tryInFolder(jenkins, "team", "vault:aws/creds/open#secret_key"))
                .contains("source vault has no rule that allows it to folder team")
                .doesNotContain("lease");
    }

    private static String tryInFolder(JenkinsRule jenkins, String folder, String reference) throws Exception {
        JSONObject credential =
                item("credentials.StringCredential").element("id", "x").element("secret", reference);
        JSONObject page = new JSONObject()
                .element(
                        "page",
                        new JSONObject().element("credentials", credential).element("sources", List.of()));
        return send(jenkins, "job/" + folder + "/", "credentials.StringCredential/try", page.toString());
    }

    private JSONObject vault() {
        return item("sources.VaultConfiguration")
                .element("id", "vault")
                .element("url", backends.running().vault().toString())
                .element("auth", item("authentication.TokenAuth").element("token", "demo-root-token"));
    }

    private static JSONObject item(String type) {
        return new JSONObject().element("stapler-class", AwsSecretsConfiguration.class.getPackageName() + "." + type);
    }

    /** As the browser sends the whole form: lists of items somewhere in it. */
    private static String post(JenkinsRule jenkins, String method, Object... lists) throws Exception {
        JSONObject part = new JSONObject();
        for (int i = 0; i < lists.length; i += 2) {
            part.element((String) lists[i], lists[i + 1]);
        }
        return send(jenkins, method, new JSONObject().element("page", part).toString());
    }

    private static String send(JenkinsRule jenkins, String method, String json) throws Exception {
        return send(jenkins, "", method, json);
    }

    private static String send(JenkinsRule jenkins, String place, String method, String json) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setTimeout(60_000);
        WebRequest request = new WebRequest(
                new URL(client.getContextPath() + place + "descriptorByName/"
                        + AwsSecretsConfiguration.class.getPackageName() + "." + method),
                HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("json", json), new NameValuePair("index", "0")));
        return client.loadWebResponse(client.addCrumb(request)).getContentAsString();
    }
}
