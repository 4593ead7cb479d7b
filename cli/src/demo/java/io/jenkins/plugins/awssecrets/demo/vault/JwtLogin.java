package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.oidc.IdToken;
import io.jenkins.plugins.awssecrets.demo.seed.JwtSeed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The login of Vault's JWT auth method: signature, times, issuer, subject, audience and bound claims, in this order. */
final class JwtLogin {
    private final JwtSeed seed;

    JwtLogin(JwtSeed seed) {
        this.seed = seed;
    }

    /**
     * Who logged in.
     *
     * @param user name of the entity's alias
     * @param metadata of the alias, which templated policies refer to
     */
    record Accepted(JwtSeed.Role role, String user, Map<String, String> metadata) {}

    /** @throws VaultError 400 with Vault's own words */
    Accepted accept(Map<String, String> sent, Instant now) {
        if (!sent.containsKey("role")) {
            throw VaultError.badRequest("missing role");
        }
        JwtSeed.Role role = Optional.ofNullable(seed.roles().get(sent.get("role")))
                .orElseThrow(() -> VaultError.badRequest("role \"" + sent.get("role") + "\" could not be found"));
        IdToken token = IdToken.parse(sent.getOrDefault("jwt", ""))
                .orElseThrow(() -> invalid("error parsing token: malformed jwt"));
        if (!token.isSignedByKeyAt(seed.jwksUrl())) {
            throw invalid("error verifying token: failed to verify id token signature");
        }
        if (!token.isTimely(now)) {
            throw invalid("invalid expiration time (exp) claim: token is expired");
        }
        checkWhose(role, token);
        role.boundClaims().forEach((claim, allowed) -> checkClaim(role, token, claim, allowed));
        return new Accepted(role, required(token, role.userClaim()), metadata(role, token));
    }

    private void checkWhose(JwtSeed.Role role, IdToken token) {
        if (!token.issuer().equals(seed.boundIssuer())) {
            throw invalid("invalid issuer (iss) claim");
        }
        if (role.boundSubject().filter(s -> !s.equals(token.subject())).isPresent()) {
            throw invalid("invalid subject (sub) claim");
        }
        if (role.boundAudiences().isEmpty() && !token.audiences().isEmpty()) {
            throw VaultError.badRequest(
                    "error validating token: audience claim found in JWT but no audiences bound to the role");
        }
        if (!role.boundAudiences().isEmpty() && token.audiences().stream().noneMatch(role.boundAudiences()::contains)) {
            throw invalid("invalid audience (aud) claim: audience claim does not match any expected audience");
        }
    }

    private static void checkClaim(JwtSeed.Role role, IdToken token, String claim, List<String> allowed) {
        List<String> values = token.values(claim)
                .orElseThrow(
                        () -> VaultError.badRequest("error validating claims: claim \"" + claim + "\" is missing"));
        boolean fits = values.stream().anyMatch(value -> allowed.stream()
                .anyMatch(each -> role.glob() ? glob(each).matcher(value).matches() : each.equals(value)));
        if (!fits) {
            throw VaultError.badRequest("error validating claims: claim \"" + claim
                    + "\" does not match any associated bound claim values");
        }
    }

    private static Pattern glob(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private static Map<String, String> metadata(JwtSeed.Role role, IdToken token) {
        Map<String, String> metadata = new LinkedHashMap<>();
        role.claimMappings().forEach((claim, key) -> metadata.put(key, required(token, claim)));
        return metadata;
    }

    private static String required(IdToken token, String claim) {
        return token.values(claim)
                .filter(values -> values.size() == 1)
                .map(values -> values.get(0))
                .orElseThrow(() -> VaultError.badRequest("claim \"" + claim + "\" not found in token"));
    }

    private static VaultError invalid(String why) {
        return VaultError.badRequest("error validating token: " + why);
    }
}
