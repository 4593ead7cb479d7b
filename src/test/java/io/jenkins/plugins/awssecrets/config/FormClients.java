package io.jenkins.plugins.awssecrets.config;

import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

/** Browsers without JavaScript that send what the scripts of a form would send, one for each user. */
final class FormClients {
    private final JenkinsRule jenkins;
    private final Map<String, JenkinsRule.WebClient> known = new LinkedHashMap<>();

    FormClients(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** @param user empty for nobody */
    JenkinsRule.WebClient of(String user) throws Exception {
        JenkinsRule.WebClient client = known.get(user);
        if (client == null) {
            client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            client.getOptions().setTimeout(60_000);
            client.getOptions().setJavaScriptEnabled(false);
            if (!user.isEmpty()) {
                client.login(user);
            }
            known.put(user, client);
        }
        return client;
    }

    /** Whatever the answer is. */
    void send(String user, String path, JSONObject form) throws Exception {
        JenkinsRule.WebClient client = of(user);
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        request.setRequestParameters(
                new ArrayList<>(List.of(new NameValuePair("json", form.toString()), new NameValuePair("index", "0"))));
        client.loadWebResponse(client.addCrumb(request));
    }
}
