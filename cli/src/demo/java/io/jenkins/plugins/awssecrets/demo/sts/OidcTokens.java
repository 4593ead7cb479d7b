package io.jenkins.plugins.awssecrets.demo.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads ID tokens as STS does: the issuer has to be a provider of the account, the audience one of its client ids, and the
 * signature (RS256) by a key that the issuer publishes. Unlike STS it takes issuers at {@code http} addresses.
 */
final class OidcTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<AwsSeed.OidcProvider> providers;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    OidcTokens(List<AwsSeed.OidcProvider> providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * The claims of a token.
     *
     * @throws AwsError where STS would not believe them
     */
    JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
                    + " Token)");
        }
        JsonNode header = part(parts[0]);
        JsonNode claims = part(parts[1]);
        String issuer = claims.path("iss").asText();
        AwsSeed.OidcProvider provider = providers.stream()
                .filter(one -> one.issuer().equals(issuer))
                .findFirst()
                .orElseThrow(() -> invalid("No OpenIDConnect provider found in your account for " + issuer));
        if (!isSigned(parts, header, issuer)) {
            throw invalid("Couldn't retrieve verification key from your identity provider");
        }
        if (audiences(claims).noneMatch(provider.audiences()::contains)) {
            throw invalid("Incorrect token audience");
        }
        if (claims.path("exp").asLong() <= clock.instant().getEpochSecond()) {
            throw new AwsError(400, "ExpiredTokenException", "Token expired");
        }
        return claims;
    }

    private static Stream<String> audiences(JsonNode claims) {
        JsonNode audience = claims.path("aud");
        return audience.isArray()
                ? StreamSupport.stream(audience.spliterator(), false).map(JsonNode::asText)
                : Stream.of(audience.asText());
    }

    private boolean isSigned(String[] parts, JsonNode header, String issuer) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key(issuer, header.path("kid").asText()));
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return header.path("alg").asText().equals("RS256")
                    && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            // For STS all of it is a token that cannot be verified.
            return false;
        }
    }

    private PublicKey key(String issuer, String id) throws IOException, GeneralSecurityException {
        String keys = get(issuer + "/.well-known/openid-configuration")
                .path("jwks_uri")
                .asText();
        for (JsonNode key : get(keys).path("keys")) {
            if (key.path("kid").asText().equals(id)) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
            }
        }
        throw new GeneralSecurityException("the issuer publishes no key of that id");
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }

    private JsonNode get(String address) throws IOException {
        try {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            return json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private JsonNode part(String text) {
        try {
            return json.readTree(Base64.getUrlDecoder().decode(text));
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("The ID Token provided is not a valid JWT");
        }
    }

    private static AwsError invalid(String why) {
        return new AwsError(400, "InvalidIdentityToken", why);
    }
}
