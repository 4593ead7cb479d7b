package io.jenkins.plugins.awssecrets.builds;

import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.job;
import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that read as themselves from a real Vault, which reads the keys of the plugin oidc-provider itself. */
@WithJenkins
@EnabledIfEnvironmentVariable(
        named = "AWS_SECRETS_PEER_VAULT",
        matches = "http.*",
        disabledReason = "no Vault runs; see bin/peers")
class VaultIdentityPeerTest {
    private static final URI VAULT = URI.create(
            Optional.ofNullable(System.getenv("AWS_SECRETS_PEER_VAULT")).orElse("http://unset.invalid"));

    private final HttpClient http = HttpClient.newHttpClient();

    /** Its own, beside whatever else the server has. */
    private final String id = UUID.randomUUID().toString().substring(0, 8);

    private final String mount = "kv-" + id;
    private JenkinsRule jenkins;
    private Folder shop;
    private Folder bank;
    private String maker;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = rule.createProject(Folder.class, "shop");
        bank = rule.createProject(Folder.class, "bank");
        vault("sys/mounts/" + mount, "{'type': 'kv', 'options': {'version': '2'}}");
        vault("sys/auth/jwt-" + id, "{'type': 'jwt'}");
        // A versioned mount makes itself ready for a moment.
        Eventually.holds(() -> send("POST", mount + "/data/shop/db", "{'data': {'password': 'canary-of-shop'}}")
                        .statusCode()
                == 200);
        vault(mount + "/data/bank/db", "{'data': {'password': 'canary-of-bank'}}");
        for (String team : List.of("shop", "bank")) {
            policy("jenkins-" + team, mount + "/data/" + team + "/*", "read");
        }
        policy("maker-" + id, "auth/token/create/maker-" + id, "update");
        vault(
                "auth/token/roles/maker-" + id,
                "{'allowed_policies_glob': 'jenkins-*', 'orphan': true, 'renewable': true}");
        maker = JSONObject.fromObject(vault("auth/token/create", "{'policies': ['maker-" + id + "']}"))
                .getJSONObject("auth")
                .getString("client_token");
        role("jenkins-shop", rule.getURL() + "job/shop/*");
        role("jenkins-bank", rule.getURL() + "job/somewhere-else/*");
    }

    private void policy(String name, String path, String capability) throws Exception {
        vault(
                "sys/policies/acl/" + name,
                "{'policy': 'path \\\"" + path + "\\\" { capabilities = [\\\"" + capability + "\\\"] }'}");
    }

    private void role(String name, String subject) throws Exception {
        vault(
                "auth/jwt-" + id + "/role/" + name,
                "{'role_type': 'jwt', 'user_claim': 'sub', 'bound_audiences': 'vault', 'bound_claims_type': 'glob',"
                        + " 'bound_claims': {'sub': '" + subject + "'}, 'token_policies': '" + name + "'}");
    }

    @AfterEach
    void tearDown() throws Exception {
        send("DELETE", "sys/mounts/" + mount, "");
        send("DELETE", "sys/auth/jwt-" + id, "");
    }

    @Test
    void theControllerReadsNothingAndAJobItsOwnSecretsAndNoOthers() throws Exception {
        VaultForBuilds.configure(
                VAULT,
                "auth: {jwt: {mount: jwt-" + id
                        + ", role: \"jenkins-${folder}\", credentialsId: id-token, perBuild: true}}");
        // Vault reads the keys when it is told of them, so Jenkins has to have some.
        String issuer = jenkins.getURL() + "oidc";
        vault("auth/jwt-" + id + "/config", "{'jwks_url': '" + issuer + "/jwks', 'bound_issuer': '" + issuer + "'}");
        Reference reference = Reference.parse("vault:" + mount + "/shop/db");
        assertThatThrownBy(() -> Catalog.get()
                        .source("", "vault")
                        .orElseThrow()
                        .fetch(List.of(reference.locator()), Deadline.in(Duration.ofSeconds(20))))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("serves builds alone");

        WorkflowRun own = jenkins.buildAndAssertSuccess(
                job(shop, "web", reading(mount + "/shop/db", "echo \"length ${env.PASSWORD.length()}\"")));
        jenkins.assertLogContains("length 14", own);
        WorkflowRun others = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(shop, "curious", reading(mount + "/bank/db", "echo 'never'")));
        jenkins.assertLogContains("the build's token has the policies default, jenkins-shop", others);
        jenkins.assertLogContains("read on " + mount + "/data/bank/db", others);
        WorkflowRun unbound = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(bank, "web", reading(mount + "/bank/db", "echo 'never'")));
        jenkins.assertLogContains("the claim sub of the JWT does not match the role", unbound);
        for (WorkflowRun build : List.of(own, others, unbound)) {
            Eventually.nothingIsLeftOf(build);
            assertThat(JenkinsRule.getLog(build)).doesNotContain("canary-", "eyJ", "hvs.");
        }
    }

    @Test
    void theTokenThatTheControllerMadeForABuildEndsWithItAlsoAfterAnAbort() throws Exception {
        VaultForBuilds.configure(
                VAULT,
                "auth: {token: {token: " + maker + "}}, perBuild: {policies: [\"jenkins-${folder}\"], ttl: 30m,"
                        + " tokenRole: maker-" + id + "}");
        WorkflowRun build = job(shop, "web", reading(mount + "/shop/db", "semaphore 'inside'"))
                .scheduleBuild2(0)
                .waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        assertThat(tokensOf("shop/web")).isEqualTo(1);

        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

        Eventually.nothingIsLeftOf(build);
        assertThat(tokensOf("shop/web")).isZero();
        jenkins.buildAndAssertStatus(Result.FAILURE, job(bank, "web", reading(mount + "/shop/db", "echo 'never'")));
    }

    /** Tokens that say they were made for a job of this Jenkins. */
    private long tokensOf(String job) throws Exception {
        long count = 0;
        for (Object accessor : JSONObject.fromObject(
                        send("LIST", "auth/token/accessors", "").body())
                .getJSONObject("data")
                .getJSONArray("keys")) {
            HttpResponse<String> told = send("POST", "auth/token/lookup-accessor", "{'accessor': '" + accessor + "'}");
            JSONObject data = JSONObject.fromObject(told.body()).optJSONObject("data");
            JSONObject meta = data == null || data.isNullObject() ? null : data.optJSONObject("meta");
            if (meta != null
                    && !meta.isNullObject()
                    && meta.optString("jenkins-job").equals(job)
                    && meta.optString("jenkins-controller")
                            .equals(jenkins.getURL().toString())) {
                assertThat(data.getInt("ttl")).isBetween(1, 1800);
                assertThat(data.getJSONArray("policies").toString()).contains("jenkins-shop");
                count++;
            }
        }
        return count;
    }

    /** @param json with single quotes */
    private String vault(String path, String json) throws Exception {
        HttpResponse<String> answer = send("POST", path, json);
        assertThat(answer.statusCode() / 100).as(path + " " + answer.body()).isEqualTo(2);
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(VAULT + "/v1/" + path))
                        .header("X-Vault-Token", System.getenv("AWS_SECRETS_PEER_VAULT_TOKEN"))
                        .method(method, HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
