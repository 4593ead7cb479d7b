package io.jenkins.plugins.awssecrets.demo.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A signed JSON web token (RFC 7519), as it was sent and not believed yet.
 *
 * @param claims what it says
 */
public record IdToken(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> ALGORITHMS =
            Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");
    private static final Duration LEEWAY = Duration.ofSeconds(150);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Empty for what is no such token. */
    public static Optional<IdToken> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IdToken(
                    JSON.readTree(decoded(parts[0])),
                    JSON.readTree(decoded(parts[1])),
                    (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                    decoded(parts[2])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String issuer() {
        return claims.path("iss").asText();
    }

    public String subject() {
        return claims.path("sub").asText();
    }

    public List<String> audiences() {
        return texts(claims.path("aud"));
    }

    /** Whether it has not expired, and is good already. */
    public boolean isTimely(Instant now) {
        return claims.hasNonNull("exp")
                && now.isBefore(at("exp").plus(LEEWAY))
                && !now.plus(LEEWAY).isBefore(claims.hasNonNull("nbf") ? at("nbf") : Instant.MIN);
    }

    private Instant at(String claim) {
        return Instant.ofEpochSecond(claims.path(claim).asLong());
    }

    /** The values of a claim, one or several; empty where it is missing. */
    public Optional<List<String>> values(String claim) {
        JsonNode node = claim.startsWith("/") ? claims.at(claim) : claims.path(claim);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(texts(node));
    }

    /** Whether one of the issuer's keys signed it. */
    public boolean isSignedByKeyAt(URI keys) {
        String algorithm = ALGORITHMS.get(header.path("alg").asText());
        if (algorithm == null) {
            return false;
        }
        for (JsonNode key : fetched(keys).path("keys")) {
            boolean named = !header.has("kid") || header.path("kid").equals(key.path("kid"));
            if (named && key.path("kty").asText().equals("RSA") && isSignedBy(key, algorithm)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSignedBy(JsonNode key, String algorithm) {
        try {
            PublicKey publicKey = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(publicKey);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonNode fetched(URI keys) {
        HttpRequest request = HttpRequest.newBuilder(keys).timeout(PATIENCE).build();
        try {
            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JSON.createObjectNode();
        }
    }

    private static BigInteger number(JsonNode key, String member) {
        return new BigInteger(1, decoded(key.path(member).asText()));
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> texts.add(each.asText()));
        } else if (!node.isMissingNode()) {
            texts.add(node.asText());
        }
        return texts;
    }

    @Override
    public String toString() {
        return "IdToken[]";
    }
}
