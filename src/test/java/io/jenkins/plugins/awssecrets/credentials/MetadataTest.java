package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What look-ups and pages cost, with many credentials and with a source that hangs. */
@WithJenkins
class MetadataTest {
    private static final int MANY = 10_000;
    /** Beside the time that rendering takes. */
    private static final Duration PAGE = Duration.ofSeconds(2);

    private static final String STORE = "manage/credentials/store/awssecrets/domain/_/";

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .with(IntStream.range(0, MANY)
                    .mapToObj(i ->
                            SecretSeed.of("many/" + i, "canary-" + i, Map.of("jenkins:credentials:type", "string")))
                    .toArray(SecretSeed[]::new)));

    @Test
    void lookUpAmongTenThousandTakesLessThanAMillisecondAndNoCall(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        waitUntilKnown(jenkins);
        lookUp(job, 1000);
        backends.running().requests().clear();

        long start = System.nanoTime();
        lookUp(job, 2000);
        Duration each = Duration.ofNanos((System.nanoTime() - start) / 4000);

        System.out.println("Look-up by id among " + MANY + ": " + each.toNanos() / 1000 + " µs");
        assertThat(each).isLessThan(Duration.ofMillis(1));
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void pagesWaitTwoSecondsAtMostWhileASourceHangs(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            backends.configure(
                    "credentials: [{string: {id: declared, secret: \"ssm:/x\"}}]\ndiscovery: {enabled: false}\n");
            // Compiles the page's views, which is not what is measured.
            browser.goTo(STORE);
            browser.goTo("manage/credentials/");
            long warm = System.nanoTime();
            browser.goTo(STORE);
            Duration rendering = Duration.ofNanos(System.nanoTime() - warm);
            backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.latency(Duration.ofSeconds(60)));
            backends.configure(
                    "credentials: [{string: {id: declared, secret: \"ssm:/x\"}}]\ndiscovery: {enabled: true}\n");

            long start = System.nanoTime();
            String page = browser.goTo(STORE).asNormalizedText();
            Duration first = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            browser.goTo("manage/credentials/");
            ListBoxModel options = CredentialsProvider.listCredentialsInItemGroup(
                    StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of(), null);
            Duration second = Duration.ofNanos(System.nanoTime() - start);

            System.out.println("Pages while a source hangs: " + first.toMillis() + " ms, " + second.toMillis() + " ms");
            assertThat(page).contains("declared");
            assertThat(options).extracting(o -> o.value).contains("declared");
            assertThat(first).isLessThan(PAGE.plus(rendering));
            assertThat(second).isLessThan(PAGE.plus(rendering));
        }
    }

    private static void waitUntilKnown(JenkinsRule jenkins) throws Exception {
        Eventually.until(
                Duration.ofSeconds(60),
                () -> CredentialsProvider.findCredentialByIdInItemGroup(
                                "many/9999", StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                        != null);
    }

    private static void lookUp(FreeStyleProject job, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(CredentialsProvider.findCredentialByIdInItem(
                            "many/" + i, StringCredentials.class, job, ACL.SYSTEM2, List.of()))
                    .isNotNull();
            assertThat((Object) CredentialsProvider.findCredentialByIdInItem(
                            "nobody/" + i, StringCredentials.class, job, ACL.SYSTEM2, List.of()))
                    .isNull();
        }
    }
}
