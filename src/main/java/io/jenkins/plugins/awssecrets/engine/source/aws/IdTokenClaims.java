package io.jenkins.plugins.awssecrets.engine.source.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an ID token says of its bearer that a role's trust policy compares: issuer, audience and subject. None of it is
 * secret; the signature is, and is not looked at. What is no JSON web token says nothing.
 */
final class IdTokenClaims {
    private static final List<String> COMPARED = List.of("iss", "aud", "sub");
    private static final Pattern HARMLESS = Pattern.compile("[\\p{Graph}\\p{L} ]{1,300}");

    private IdTokenClaims() {}

    /** As {@code iss=https://ci.example/oidc, aud=sts.amazonaws.com, sub=https://ci.example/job/web/}. */
    static Optional<String> of(SecretValue token) {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        List<String> claims = new ArrayList<>();
        payload(parts[1]).ifPresent(payload -> {
            for (String name : COMPARED) {
                JsonNode claim = payload.path(name);
                String text = claim.isArray() ? claim.path(0).asText() : claim.asText();
                if (HARMLESS.matcher(text).matches()) {
                    claims.add(name + "=" + text);
                }
            }
        });
        return claims.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", claims));
    }

    private static Optional<JsonNode> payload(String text) {
        try {
            return JsonTree.read(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            // No base64, so no JSON web token.
            return Optional.empty();
        }
    }
}
