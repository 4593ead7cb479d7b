package io.jenkins.plugins.awssecrets.engine.consumers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prepares a server of moto (https://docs.getmoto.org), which takes any key for an administrator's until told otherwise. */
public final class MotoClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    public MotoClient(URI server) {
        this.server = server;
    }

    /** Calls IAM, and gives its answer. */
    public String iam(String action, Map<String, String> parameters) {
        String more = parameters.entrySet().stream()
                .map(e -> "&" + e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return send("iam", "POST", "/", "Version=2010-05-08&Action=" + action + more);
    }

    /** From now on, whoever calls must have the permissions for it, and sign. */
    public void enforcePermissions() {
        send("iam", "POST", "/moto-api/reset-auth", "0");
    }

    /** As it was at the start. */
    public void allowEverything() {
        send("iam", "POST", "/moto-api/reset-auth", "Infinity");
    }

    /** @param service which moto finds in the scope of the signature, which it does not check unless told to */
    public String send(String service, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", path.equals("/") ? "application/x-www-form-urlencoded" : "text/plain")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAADMIN/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("moto refuses " + path + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of the first element of a name. */
    public static String element(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        if (!matcher.find()) {
            throw new IllegalStateException("moto's answer lacks " + name);
        }
        return matcher.group(1);
    }
}
