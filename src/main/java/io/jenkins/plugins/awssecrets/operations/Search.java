package io.jenkins.plugins.awssecrets.operations;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What the reader looks for on the page: 10,000 credentials in one table are of no use to anybody.
 *
 * @param text that a row must have in its id, kind, description, folder or reference; empty for any
 * @param state a state's word; empty for any
 * @param page from 1
 */
public record Search(String text, String state, int page) {
    /** For all there is, from the start. */
    static final Search NONE = new Search("", "", 1);

    /** Rows of a table on one page. */
    static final int ROWS = 50;

    static Search of(@CheckForNull StaplerRequest2 request) {
        return request == null
                ? NONE
                : new Search(text(request, "search"), text(request, "state"), number(text(request, "page")));
    }

    private static String text(StaplerRequest2 request, String parameter) {
        return Util.fixNull(request.getParameter(parameter)).strip();
    }

    private static int number(String page) {
        return page.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(page) : 1;
    }

    /** Whether one of the texts has what is searched for, whatever the case. */
    boolean finds(Stream<String> texts) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || texts.anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }

    boolean takes(State one) {
        return state.isEmpty() || state.equals(one.word());
    }

    /** The address of another page of the same search. */
    public String to(int other) {
        return "?search=" + encoded(text) + "&state=" + encoded(state) + "&page=" + other;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    // Jelly reads properties of beans.
    public String getText() {
        return text;
    }

    public String getState() {
        return state;
    }

    public int getPage() {
        return page;
    }

    public String getQuery() {
        return to(page);
    }
}
