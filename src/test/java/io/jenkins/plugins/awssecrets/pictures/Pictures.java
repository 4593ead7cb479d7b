package io.jenkins.plugins.awssecrets.pictures;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What {@code bin/pictures} runs: no test, but what takes the pictures of the documentation, in light and dark. */
@WithJenkins
class Pictures {
    private static final Path FOLDER = Path.of("target/pictures");
    private static final int WIDE = 1100;
    private static final int NARROW = 700;
    private static final int MANY = 10_000;

    private static final int TALL = 1250;

    /** No page fits into so little, so each has a scroll bar. */
    private static final int LOW = 300;

    private static final String PAGE = "manage/aws-secrets/";

    /** Nothing moves or scrolls, and nothing that is fixed to the window lies upon the page. */
    private static final String STILL =
            "*, *::before, *::after {transition: none !important; animation: none !important}"
                    + " ::-webkit-scrollbar {display: none}"
                    + " .jenkins-bottom-app-bar__shadow, #bottom-sticker, .bottom-sticker-inner {display: none"
                    + " !important}";

    /** Where this machine has Jenkins and the demo is nothing to show. */
    private static final String PLACES =
            "out = document.querySelector('#out'); out.innerHTML = out.innerHTML.replaceAll('"
                    + Path.of("demo").toAbsolutePath()
                    + "', 'demo').replace(/in \\/[^<\\n]*\\/workspace\\/demo/, 'in /var/jenkins_home/workspace/demo')";

    /** A problem for the page to show. */
    private static final String WITHOUT_SECRET =
            "      - string: { id: \"release-notes\", secret: \"sm:ci/release-notes#token\" }\n";

    /** As themes do it, which Jenkins has in plugins only: other values of its variables. */
    private static final String DARK =
            " :root {color-scheme: dark; --background: #1b1d21; --black: #eceef2; --white: #23262c;"
                    + " --light-grey: #2d3138; --very-light-grey: #26292f; --medium-grey: #8a93a0;"
                    + " --text-color: #eceef2; --text-color-secondary: #a4abb6; --accent-color: #6ea8fe;"
                    + " --card-background: #23262c; --input-color: #23262c; --header-background: #1b1d21}";

    @RegisterExtension
    final Backends demo = new Backends(DemoConfiguration.seeds());

    @RegisterExtension
    final Backends many = new Backends(Seed.empty()
            .with(IntStream.range(0, MANY)
                    .mapToObj(i -> SecretSeed.of(
                            "team-%02d/service-%04d".formatted(i % 40, i),
                            "value-of-secret-" + i,
                            Map.of("jenkins:credentials:type", "string")))
                    .toArray(SecretSeed[]::new)));

    @Test
    void take(JenkinsRule jenkins) throws Exception {
        Files.createDirectories(FOLDER);
        String url = jenkins.getURL().toString();
        try (Browser browser = new Browser()) {
            browser.open(url + PAGE);
            take(browser, "page-empty", whole(), List.of(WIDE, NARROW));

            Backends.load(DemoConfiguration.of(demo.running(), url)
                    .replace("      - dockerRegistry:", WITHOUT_SECRET + "      - dockerRegistry:"));
            WorkflowJob job = jenkins.jenkins.getItemByFullName("demo", WorkflowJob.class);
            jenkins.assertBuildStatus(
                    Result.SUCCESS, job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("anna"))));
            browser.open(url + "job/demo/1/console");
            browser.await("document.querySelector('#out').innerText.includes('Finished: SUCCESS')");
            browser.run(PLACES);
            take(browser, "console", element("document.querySelector('#out')"), List.of(WIDE));
            browser.open(url + "job/demo/1/aws-secrets/");
            take(browser, "secrets-used", whole(), List.of(WIDE, NARROW));
            check(browser, url);
            take(browser, "page", whole(), List.of(WIDE, NARROW));
            browser.open(url + PAGE + "rules/?job=demo");
            resize(browser, NARROW);
            browser.open(url + "manage/configure");
            for (String id : List.of("sm", "docker-hub")) {
                String entry = "[...document.querySelectorAll('input[name=\"_.id\"]')].find(input => input.value == '"
                        + id + "')";
                browser.await(entry);
                take(browser, "form-" + id, element(entry + ".closest('.repeated-chunk')"), List.of(WIDE));
            }

            many.configure("credentials: [{string: {id: moved, secret: 'sm:team-01/gone'}}]\n");
            while (CredentialsProvider.lookupCredentialsInItemGroup(
                                    StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                            .size()
                    < MANY) {
                Thread.sleep(100);
            }
            check(browser, url);
            take(browser, "page-10000", whole(), List.of(WIDE, NARROW));
        }
    }

    private static void check(Browser browser, String url) throws Exception {
        browser.open(url + PAGE);
        browser.run("before = true; document.querySelector('form[name=check] button').click()");
        browser.await(
                "window.before === undefined && document.querySelector('[data-running]')?.dataset.running == 'false'"
                        + " && document.querySelector('.aws-secrets-report [role=status] strong')");
        browser.open(url + PAGE);
    }

    private static void take(Browser browser, String name, String clip, List<Integer> widths) throws Exception {
        for (int width : widths) {
            resize(browser, width);
            for (String theme : List.of("", DARK)) {
                browser.run("document.querySelector('#pictures')?.remove();"
                        + "document.head.insertAdjacentHTML('beforeend', '<style id=pictures>" + STILL + theme
                        + "</style>')");
                browser.picture(
                        FOLDER.resolve(
                                name + (width == WIDE ? "" : "-narrow") + (theme.isEmpty() ? "" : "-dark") + ".png"),
                        clip);
            }
        }
    }

    /**
     * To a width, at which the page fits beside its scroll bar: one that is moved sideways cannot be read. Jenkins' own
     * pages in one column are as wide as the window.
     */
    private static void resize(Browser browser, int width) throws Exception {
        browser.run("document.querySelector('#pictures')?.remove()");
        browser.resize(width, LOW);
        browser.await("document.documentElement.scrollHeight > innerHeight && document.documentElement.scrollWidth <="
                + " (location.href.includes('/aws-secrets/') ? document.documentElement.clientWidth : innerWidth)");
        browser.resize(width, TALL);
    }

    private static String whole() {
        return "({x: 0, y: 0, width: innerWidth, height: Math.min(" + TALL + ", document.querySelector('#main-panel')"
                + ".getBoundingClientRect().bottom)})";
    }

    private static String element(String found) {
        return "(box => ({x: Math.max(0, box.x - 2), y: box.y + scrollY - 2, width: box.width + 4, height: Math.min("
                + TALL + ", box.height + 4)}))(" + found + ".getBoundingClientRect())";
    }
}
