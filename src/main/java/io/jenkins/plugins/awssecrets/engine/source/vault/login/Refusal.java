package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why Vault refused a login, in words of our own: Vault's texts are matched against phrases known from its sources and
 * are not passed on, as some repeat what was sent.
 */
final class Refusal {
    private static final Map<String, String> PHRASES = new LinkedHashMap<>();

    static {
        PHRASES.put("invalid role or secret ID", "role ID or secret ID is wrong, used up or expired");
        PHRASES.put("invalid role ID", "role ID not found");
        PHRASES.put("invalid secret id", "the secret ID is wrong, used up or expired");
        PHRASES.put("missing secret_id", "the role requires a secret ID");
        PHRASES.put("invalid username or password", "wrong username or password");
        PHRASES.put("failed to connect to LDAP server", "Vault cannot reach the LDAP server");
        PHRASES.put("ldap operation failed", "the LDAP server rejected the username or password");
        PHRASES.put("could not be found", "role not found");
        PHRASES.put("invalid role name", "role not found");
        PHRASES.put("missing role", "a role is required");
        PHRASES.put("token is expired", "the JWT has expired");
        PHRASES.put("token not yet valid", "the JWT is not valid yet: compare the clocks");
        PHRASES.put("error validating token", "the JWT is not valid: signature, issuer, audience or a bound claim");
        PHRASES.put("error verifying token", "the JWT's signature is not valid");
        PHRASES.put("claim", "the JWT does not match a bound claim of the role");
        PHRASES.put("no client certificate", "no client certificate reached Vault");
        PHRASES.put("client certificate must be supplied", "no client certificate reached Vault");
        PHRASES.put("invalid certificate", "no role matches the client certificate");
        PHRASES.put("failed to match all constraints", "no role matches the client certificate");
        PHRASES.put("X-Vault-AWS-IAM-Server-ID", "the server id header is missing or does not match");
        PHRASES.put("does not match the bound", "the role is not for this principal");
        PHRASES.put("does not belong to role", "the role is not for this principal");
        PHRASES.put("entry for role", "role not found");
        PHRASES.put("error making upstream request", "STS, called by Vault, rejected the AWS credentials");
        PHRASES.put("source address", "the role or token is not valid from this address");
        PHRASES.put("permission denied", "permission denied");
    }

    /** As Vault's JWT method has them; a claim of another form is not named. */
    private static final String CLAIM = "claim \"([A-Za-z0-9_./:-]{1,64})\" ";

    private static final Pattern MISMATCH = Pattern.compile(CLAIM + "does not match");
    private static final Pattern MISSING = Pattern.compile(CLAIM + "(?:is missing|not found)");
    private static final Pattern STANDARD =
            Pattern.compile("invalid [a-z ]{1,30} \\((iss|sub|aud|exp|nbf|iat)\\) claim");

    private Refusal() {}

    /** With a colon before it; empty where no phrase is known. */
    static String reason(VaultAnswer answer) {
        return claim(answer).map(reason -> ": " + reason).orElseGet(() -> phrase(answer));
    }

    private static Optional<String> claim(VaultAnswer answer) {
        Optional<String> mismatch =
                answer.names(MISMATCH).map(name -> "the claim " + name + " of the JWT does not match the role");
        Optional<String> standard = answer.names(STANDARD)
                .filter(name -> !name.equals("exp") && !name.equals("nbf"))
                .map(name -> "the claim " + name + " of the JWT does not match "
                        + (name.equals("iss") ? "the method's bound_issuer" : "the role"));
        return mismatch.or(() -> answer.names(MISSING).map(name -> "the JWT has no claim " + name))
                .or(() -> standard);
    }

    private static String phrase(VaultAnswer answer) {
        return PHRASES.entrySet().stream()
                .filter(phrase -> answer.says(phrase.getKey()))
                .findFirst()
                .map(phrase -> ": " + phrase.getValue())
                .orElse("");
    }
}
