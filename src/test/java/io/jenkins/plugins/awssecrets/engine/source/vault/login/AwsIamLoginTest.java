package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import static io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault.auth;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.ScriptedVault;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The signed request is what Vault sends to STS, so its signature is reckoned here a second time, without the SDK. */
class AwsIamLoginTest {
    private static final AwsCredentialsProvider KEYS = StaticCredentialsProvider.create(
            AwsSessionCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session-token"));

    private final ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void theRequestIsSignedForTheRegionWithTheServerIdAndTheSessionToken() throws Exception {
        JsonNode sent = logIn(new VaultLogin.AwsIam(
                "aws",
                Optional.of("ci"),
                Optional.of("vault.example"),
                "eu-west-1",
                Optional.of(URI.create("https://sts.eu-west-1.amazonaws.com/")),
                KEYS));

        assertThat(sent.path("role").asText()).isEqualTo("ci");
        assertThat(sent.path("iam_http_request_method").asText()).isEqualTo("POST");
        assertThat(decoded(sent, "iam_request_url")).isEqualTo("https://sts.eu-west-1.amazonaws.com/");
        assertThat(decoded(sent, "iam_request_body")).isEqualTo("Action=GetCallerIdentity&Version=2011-06-15");
        Map<String, String> headers = headers(sent);
        assertThat(headers)
                .containsEntry("x-vault-aws-iam-server-id", "vault.example")
                .containsEntry("x-amz-security-token", "session-token")
                .containsEntry("x-amz-date", "20260301T120000Z")
                .containsEntry("host", "sts.eu-west-1.amazonaws.com");
        assertThat(headers.get("authorization")).contains("/20260301/eu-west-1/sts/aws4_request");
        assertThat(signed(headers)).contains("x-vault-aws-iam-server-id", "host", "x-amz-security-token");
        assertThat(signature(headers)).isEqualTo(reckoned(headers, decoded(sent, "iam_request_body"), "eu-west-1"));
        assertThat(sent.toString()).doesNotContain("wJalrXUtnFEMI");
    }

    @Test
    void withoutAnEndpointTheGlobalOneIsSignedFor() throws Exception {
        JsonNode sent = logIn(new VaultLogin.AwsIam(
                "aws", Optional.empty(), Optional.empty(), VaultLogin.AwsIam.REGION, Optional.empty(), KEYS));

        assertThat(sent.has("role")).isFalse();
        assertThat(decoded(sent, "iam_request_url")).isEqualTo("https://sts.amazonaws.com/");
        assertThat(headers(sent)).doesNotContainKey("x-vault-aws-iam-server-id");
    }

    @Test
    void missingAwsCredentialsAreToldWithoutTheSdksText() {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("canary in the SDK's text");
        };
        VaultLogin login =
                new VaultLogin.AwsIam("aws", Optional.empty(), Optional.empty(), "us-east-1", Optional.empty(), none);
        try (VaultSource source = source(vault.url(), login)) {
            var failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(failure).hasNoCause();
            assertThat(failure.getMessage())
                    .contains("found no AWS credentials")
                    .doesNotContain("canary");
        }
    }

    @Test
    void whyTheNamedIdentityGivesNoneIsTold() {
        AwsCredentialsProvider named = () -> {
            throw new SecretException(
                    Problem.UNAUTHENTICATED, "login", "profile nope is not in ~/.aws/config", "check AWS_PROFILE");
        };
        VaultLogin login =
                new VaultLogin.AwsIam("aws", Optional.empty(), Optional.empty(), "us-east-1", Optional.empty(), named);
        try (VaultSource source = source(vault.url(), login)) {
            assertThat(failure(source, locator("secret/ci/db")))
                    .hasMessageContaining(
                            "authentication with AWS IAM at auth/aws found no AWS credentials: login: profile"
                                    + " nope is not in ~/.aws/config. Check AWS_PROFILE");
        }
    }

    private JsonNode logIn(VaultLogin login) throws IOException {
        vault.on("POST auth/aws/login", 200, "{\"auth\":" + auth("hvs.1", 3600, true) + "}");
        try (VaultSource source = source(vault.url(), login, new MovableClock())) {
            found(source, locator("secret/ci/db"));
        }
        return new ObjectMapper()
                .readTree(vault.seen("POST auth/aws/login").get(0).body());
    }

    private static String decoded(JsonNode sent, String name) {
        return new String(Base64.getDecoder().decode(sent.path(name).asText()), StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(JsonNode sent) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        new ObjectMapper()
                .readTree(decoded(sent, "iam_request_headers"))
                .properties()
                .forEach(h -> headers.put(
                        h.getKey().toLowerCase(java.util.Locale.ROOT),
                        h.getValue().get(0).asText()));
        return headers;
    }

    private static String[] signed(Map<String, String> headers) {
        return part(headers, "SignedHeaders=([^,]+)").split(";");
    }

    private static String signature(Map<String, String> headers) {
        return part(headers, "Signature=([0-9a-f]{64})");
    }

    private static String part(Map<String, String> headers, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(headers.get("authorization"));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** AWS Signature Version 4, as its documentation tells it step by step. */
    private static String reckoned(Map<String, String> headers, String body, String region)
            throws GeneralSecurityException {
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : signed(headers)) {
            canonical.append(name).append(':').append(headers.get(name).strip()).append('\n');
        }
        canonical
                .append('\n')
                .append(String.join(";", signed(headers)))
                .append('\n')
                .append(sha256(body));
        String date = headers.get("x-amz-date");
        String scope = date.substring(0, 8) + "/" + region + "/sts/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical.toString());
        byte[] key = "AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".getBytes(StandardCharsets.UTF_8);
        for (String step : scope.split("/")) {
            key = hmac(key, step);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
