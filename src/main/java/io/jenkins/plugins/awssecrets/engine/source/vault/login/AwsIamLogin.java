package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * {@code POST auth/<mount>/login} with a signed {@code sts:GetCallerIdentity}, which Vault sends on to learn who signed
 * it (Vault documentation, AWS auth method, IAM). The credentials themselves stay here.
 */
final class AwsIamLogin implements LoginMethod {
    private static final URI GLOBAL_STS = URI.create("https://sts.amazonaws.com/");
    private static final String QUERY = "Action=GetCallerIdentity&Version=2011-06-15";

    private final VaultLogin.AwsIam login;
    private final LoginCall call;
    private final Clock clock;
    private final String subject;

    AwsIamLogin(VaultLogin.AwsIam login, LoginCall call, Clock clock, String subject) {
        this.login = login;
        this.call = call;
        this.clock = clock;
        this.subject = subject;
    }

    @Override
    public String name() {
        return "AWS IAM at auth/" + login.mount();
    }

    @Override
    public VaultToken logIn(Deadline deadline) {
        SdkHttpRequest signed = sign(credentials());
        ObjectNode body = VaultJson.object()
                .put("iam_http_request_method", "POST")
                .put("iam_request_url", base64(signed.getUri().toString()))
                .put("iam_request_body", base64(QUERY))
                .put("iam_request_headers", base64(headers(signed.headers()).toString()));
        login.role().ifPresent(role -> body.put("role", role));
        return call.post(
                name(),
                login.mount() + "/login",
                body,
                "check the role's bound principals, the region and STS endpoint, and the server id header",
                deadline);
    }

    private AwsCredentials credentials() {
        try {
            return login.credentials().resolveCredentials();
        } catch (SecretException e) {
            throw new SecretException(
                    e.problem(),
                    subject,
                    "authentication with " + name() + " found no AWS credentials: " + e.subject() + ": " + e.reason(),
                    e.fix());
        } catch (SdkException e) {
            throw new SecretException(
                    Problem.UNAUTHENTICATED,
                    subject,
                    "authentication with " + name() + " found no AWS credentials ("
                            + e.getClass().getSimpleName() + ")",
                    "provide AWS credentials to this process, or configure a profile or role for the source");
        }
    }

    private SdkHttpRequest sign(AwsCredentials credentials) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(login.endpoint().orElse(GLOBAL_STS))
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        login.serverId().ifPresent(id -> request.putHeader("X-Vault-AWS-IAM-Server-ID", id));
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromUtf8String(QUERY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, login.region())
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock))
                .request();
    }

    private static ObjectNode headers(Map<String, List<String>> headers) {
        ObjectNode json = VaultJson.object();
        headers.forEach((name, values) -> {
            ArrayNode array = json.putArray(name);
            values.forEach(array::add);
        });
        return json;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
