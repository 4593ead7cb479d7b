package io.jenkins.plugins.awssecrets.operations;

import hudson.model.ItemGroup;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** The page as a person uses it, without scripts: it reloads by itself only. */
final class PageUnderTest {
    static final String GLOBAL = "manage/aws-secrets/";

    private final JenkinsRule.WebClient client;
    private final String path;

    PageUnderTest(JenkinsRule jenkins, String path, String user) throws Exception {
        client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        if (!user.isEmpty()) {
            client.withBasicCredentials(user);
        }
        this.path = path;
    }

    PageUnderTest(JenkinsRule jenkins) throws Exception {
        this(jenkins, GLOBAL, "");
    }

    HtmlPage open() throws Exception {
        return client.goTo(path);
    }

    /** The part that the page takes in while a check runs: all but Jenkins' frame. */
    HtmlPage openReport() throws Exception {
        return client.goTo(path + "overview/report");
    }

    /** Of the page, or of a part below it. */
    int status(String part) throws Exception {
        return answer(new WebRequest(new URL(client.getContextPath() + path + part), HttpMethod.GET));
    }

    /** Presses the button, as far as Jenkins lets; gives the status of the answer. */
    int pressCheck() throws Exception {
        // With a crumb: without one nobody gets as far as to the permissions.
        return answer(
                client.addCrumb(new WebRequest(new URL(client.getContextPath() + path + "check"), HttpMethod.POST)));
    }

    /** Not as a page: the one that refuses leads an anonymous user on to the login. */
    private int answer(WebRequest request) throws Exception {
        return client.loadWebResponse(request).getStatusCode();
    }

    /** Checks a place and opens the page when that is done. */
    HtmlPage check(ItemGroup<?> place) throws Exception {
        pressCheck();
        awaitEnd(place);
        return open();
    }

    static void awaitEnd(ItemGroup<?> place) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (Checks.get().of(place).running()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the check of '" + place.getFullName() + "' did not end");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** A row that tells a finding. */
    record Told(String of, String cause, String severity, String text, String fix, String action, String resource) {
        String key() {
            return severity + " " + of + ": " + cause;
        }
    }

    /** All findings on a page, the notes too; none of what a script in the background has only half written. */
    static List<Told> findings(HtmlPage page) {
        synchronized (page) {
            return rows(page);
        }
    }

    private static List<Told> rows(HtmlPage page) {
        return page.getElementsByTagName("tr").stream()
                .filter(row -> row.hasAttribute("data-cause"))
                .map(row -> new Told(
                        row.getAttribute("data-examined"),
                        row.getAttribute("data-cause"),
                        row.getAttribute("data-severity"),
                        part(row, "reason") + "; " + part(row, "fix"),
                        part(row, "fix"),
                        row.getAttribute("data-action"),
                        row.getAttribute("data-resource")))
                .collect(Collectors.toList());
    }

    private static String part(DomElement row, String name) {
        DomElement part = row.getFirstByXPath(".//*[contains(@class, 'aws-secrets-" + name + "')]");
        return part.getTextContent();
    }
}
