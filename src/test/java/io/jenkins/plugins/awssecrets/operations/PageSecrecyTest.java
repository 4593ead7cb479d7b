package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import jenkins.metrics.api.Metrics;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Values, keys, tokens, tags' values, texts in the configuration and backends' answers hold the word canary, and
 * nothing that an operator looks at tells it.
 */
@WithJenkins
@Timeout(600)
class PageSecrecyTest {
    private static final Seed SEED = Seed.parse("""
            aws: {accessKeys: [{id: AKIADEMO, secret: key-canary}]}
            ssm:
              - {name: /ci/a, type: SecureString, value: a-canary, tags: {"jenkins:credentials:type": canary}}
              - {name: /ci/json, value: '{"password": "j-canary"}'}
            secretsManager:
              - {name: ci/b, json: {password: b-canary}, tags: {"jenkins:credentials:type": canary, team: canary}}
              - {name: ci/binary, binary: Y2FuYXJ5/w==, tags: {"jenkins:credentials:type": string, team: web}}
              - {name: ci/user, string: u-canary, tags: {"jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": name-canary, team: web}}
            vault:
              rootToken: root-canary
              mounts:
                - path: secret
                  secrets:
                    - {path: c, data: {password: c-canary, user: v-canary}, metadata: {"jenkins:credentials:type": canary}}
                - {path: database, type: database, roles: {ci: {fields: {password: "canary-{{random}}"}}}}
            """);

    @RegisterExtension
    final Backends backends = new Backends(SEED);

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - ssm: {id: ssm, region: eu-west-1, endpoint: "%1$s", accessKeyId: AKIADEMO, secretAccessKey: key-canary}
                      - secretsManager: {id: sm, region: eu-west-1, endpoint: "%2$s", accessKeyId: AKIADEMO, secretAccessKey: key-canary, filter: {tags: [{key: team, value: web}]}}
                      - vault: {id: vault, url: "%3$s", auth: {token: {token: root-canary}}, filter: {pathPrefix: secret}}
                    credentials:
                      - string: {id: a, secret: "ssm:/ci/a"}
                      - usernamePassword: {id: typed, username: typed-canary, password: "ssm:/ci/a"}
                      - string: {id: j, secret: "ssm:/ci/json#passwort"}
                      - string: {id: b, secret: "sm:ci/b#password"}
                      - string: {id: c, secret: "vault:secret/c"}
                      - string: {id: d, secret: "vault:database/creds/ci#password"}
                """.formatted(
                        backends.running().ssm(),
                        backends.running().secretsManager(),
                        backends.running().vault()));
    }

    @AfterEach
    void forgetTheLimit() {
        System.clearProperty(Checks.SECONDS);
    }

    @Test
    void whatWorksAndWhatDoesNotIsToldWithoutAnyValue() throws Exception {
        new PageUnderTest(jenkins).check(jenkins.jenkins);

        assertThat(everything())
                .contains("memberNotNamed", "typeUnknown", "binary", "in its tags", "aws_secrets.source.calls.sm.fetch")
                .doesNotContainIgnoringCase("canary");
    }

    @Test
    void whatABackendAnswersIsNotRepeated() throws Exception {
        System.setProperty(Checks.SECONDS, "3");
        for (Service service : List.of(Service.SSM, Service.SECRETS_MANAGER, Service.VAULT)) {
            for (Fault fault : List.of(
                    Fault.denied().saying("body-canary"),
                    Fault.error(Fault.Cause.BAD_REQUEST).saying("body-canary"),
                    Fault.malformedJson("body-canary"),
                    Fault.wrongContentType("body-canary"))) {
                backends.running().faults().clear();
                // Forgets what its breakers learnt.
                Catalog.get().reload();
                backends.running().faults().inject(service, fault);

                new PageUnderTest(jenkins).check(jenkins.jenkins);

                assertThat(everything())
                        .as(service + ", " + fault)
                        .contains("data-severity=\"failed\"")
                        .doesNotContainIgnoringCase("canary");
            }
        }
    }

    /** The page, the warnings of Jenkins, metrics, health and the log. */
    private String everything() throws Exception {
        StringWriter all = new StringWriter();
        PrintWriter out = new PrintWriter(all);
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        for (String page : List.of(PageUnderTest.GLOBAL, PageUnderTest.GLOBAL + "overview/report", "manage/")) {
            out.println(client.goTo(page).getWebResponse().getContentAsString());
        }
        out.println(client.goTo("metrics/currentUser/metrics", "application/json")
                .getWebResponse()
                .getContentAsString());
        HealthCheck.Result health = Metrics.healthCheckRegistry()
                .getHealthCheck("aws-secrets-sources")
                .execute();
        out.println(health.getMessage());
        for (LogRecord record : Jenkins.logRecords) {
            out.println(new SimpleFormatter().formatMessage(record));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(out);
            }
        }
        return all.toString();
    }
}
