package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.http.Call;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The IAM login of Vault's AWS auth method: a signed GetCallerIdentity that the client did not send itself. */
final class AwsLogin {
    private final AccessKeys keys;
    private final ObjectMapper json = new ObjectMapper();

    AwsLogin(AccessKeys keys) {
        this.keys = keys;
    }

    /**
     * ARN of who signed.
     *
     * @throws VaultError 400 when a part is missing or the signature is not good
     */
    String caller(Map<String, String> sent) {
        try {
            byte[] body = decoded(sent, "iam_request_body");
            URI url = URI.create(new String(decoded(sent, "iam_request_url")));
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            json.readTree(decoded(sent, "iam_request_headers"))
                    .fields()
                    .forEachRemaining(e -> headers.put(e.getKey(), first(e.getValue())));
            headers.putIfAbsent("Host", url.getHost());
            String path = url.getPath().isEmpty() ? "/" : url.getPath();
            Call call = new Call(sent.getOrDefault("iam_http_request_method", ""), path, "", headers, body);
            if (!call.form().getOrDefault("Action", "").equals("GetCallerIdentity")) {
                throw VaultError.badRequest("iam_request_body is not a GetCallerIdentity request");
            }
            return keys.authenticate(call).arn();
        } catch (AwsError e) {
            throw VaultError.badRequest("error making upstream request: received error code 403 from STS: " + e.code());
        } catch (IOException | IllegalArgumentException e) {
            throw VaultError.badRequest("failed to decode iam_request parameters");
        }
    }

    private static String first(JsonNode value) {
        return value.isArray() ? value.path(0).asText() : value.asText();
    }

    private static byte[] decoded(Map<String, String> sent, String name) {
        if (!sent.containsKey(name)) {
            throw VaultError.badRequest("missing " + name);
        }
        return Base64.getDecoder().decode(sent.get(name));
    }

    /** An ARN of a role also stands for its sessions, as a bound principal does. */
    static boolean matches(String bound, String caller) {
        String session = bound.replaceFirst(":iam::(\\d+):role/(?:.*/)?", ":sts::$1:assumed-role/") + "/*";
        return caller != null && (Iam.matches(bound, caller) || Iam.matches(session, caller));
    }
}
