package io.jenkins.plugins.awssecrets.engine.source.aws.minted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * A password for a database that authenticates by IAM: a presigned request, made without a call. It is good for 15
 * minutes to begin a connection with (RDS User Guide, <i>IAM database authentication</i>).
 */
final class RdsToken {
    private static final Duration LIFE = Duration.ofMinutes(15);

    /** {@code db.abc123.eu-west-1.rds.amazonaws.com}, in China with {@code .cn} behind. */
    private static final Pattern REGION = Pattern.compile("\\.([a-z]{2}(?:-[a-z]+)+-\\d+)\\.rds\\.amazonaws\\.com");

    private RdsToken() {}

    static ObjectNode of(Minting minting, AwsKeys keys, Deadline deadline) {
        AwsCredentials login = keys.get(deadline);
        String host = minting.required("host");
        Matcher named = REGION.matcher(host);
        String region = minting.setting("region")
                .or(() -> named.find() ? Optional.of(named.group(1)) : Optional.empty())
                .orElseGet(() -> keys.region());
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(Integer.parseInt(minting.required("port")))
                .encodedPath("/")
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter("DBUser", minting.required("username"))
                .build();
        String url = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(login)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFE))
                .request()
                .getUri()
                .toString();
        ObjectNode made = JsonTree.object();
        made.put("password", url.substring("https://".length()));
        return made;
    }
}
