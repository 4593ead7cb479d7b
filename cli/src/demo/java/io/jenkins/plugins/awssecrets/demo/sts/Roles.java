package io.jenkins.plugins.awssecrets.demo.sts;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The roles of the account and their sessions. */
final class Roles {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:.*/)?([^/]+)");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

    private final AwsSeed account;
    private final AccessKeys keys;
    private final OidcTokens tokens;

    Roles(AwsSeed account, AccessKeys keys, Clock clock) {
        this.account = account;
        this.keys = keys;
        this.tokens = new OidcTokens(account.oidcProviders(), clock);
    }

    Xml callerIdentity(Identity caller) {
        return new Xml("GetCallerIdentityResult")
                .text("Arn", caller.arn())
                .text("UserId", caller.userId())
                .text("Account", account.account());
    }

    Xml assume(Map<String, String> form, Identity caller) {
        AwsSeed.Role role = role(form);
        boolean trusted = role.trusts().isEmpty()
                || role.trusts().stream().anyMatch(pattern -> Iam.matches(pattern, caller.arn()));
        if (!trusted || !role.externalId().equals(externalId(form, role))) {
            throw new AwsError(
                    403,
                    "AccessDenied",
                    "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: "
                            + role.arn());
        }
        SessionScope scope = SessionScope.of(form, account.packedPolicyLimit());
        if (!scope.tags().isEmpty() && !role.tagSession()) {
            throw new AwsError(
                    403,
                    "AccessDenied",
                    "User: " + caller.arn() + " is not authorized to perform: sts:TagSession on resource: "
                            + role.arn());
        }
        return new Xml("AssumeRoleResult").add(credentials(form, role, scope)).add(assumedUser(form, role));
    }

    /** An external id that the role does not ask for is allowed, as the trust policy's condition has it. */
    private static Optional<String> externalId(Map<String, String> form, AwsSeed.Role role) {
        return role.externalId().isEmpty() ? Optional.empty() : Optional.ofNullable(form.get("ExternalId"));
    }

    Xml assumeWithWebIdentity(Map<String, String> form) {
        AwsSeed.Role role = role(form);
        String token = form.getOrDefault("WebIdentityToken", "");
        if (!account.oidcProviders().isEmpty()) {
            JsonNode claims = tokens.claims(token);
            boolean meant = !role.claims().isEmpty()
                    && role.claims().entrySet().stream()
                            .allMatch(claim -> Iam.matches(
                                    claim.getValue(),
                                    claims.path(claim.getKey()).asText()));
            if (!meant) {
                throw new AwsError(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
            }
            return webIdentity(form, role, claims.path("sub").asText());
        }
        boolean accepted = account.webIdentityTokens().isEmpty()
                ? !token.isEmpty()
                : account.webIdentityTokens().contains(token);
        if (!accepted) {
            throw new AwsError(400, "InvalidIdentityToken", "The web identity token provided could not be validated.");
        }
        return webIdentity(form, role, "demo");
    }

    private Xml webIdentity(Map<String, String> form, AwsSeed.Role role, String subject) {
        return new Xml("AssumeRoleWithWebIdentityResult")
                .add(credentials(form, role, SessionScope.of(form, account.packedPolicyLimit())))
                .add(assumedUser(form, role))
                .text("SubjectFromWebIdentityToken", subject);
    }

    private AwsSeed.Role role(Map<String, String> form) {
        String arn = form.getOrDefault("RoleArn", "");
        if (!ROLE.matcher(arn).matches()) {
            throw new AwsError(400, "ValidationError", arn + " is invalid");
        }
        String session = form.getOrDefault("RoleSessionName", "");
        if (!SESSION_NAME.matcher(session).matches()) {
            throw new AwsError(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value '" + session + "' at 'roleSessionName' failed to satisfy"
                            + " constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        if (account.roles().isEmpty()) {
            return new AwsSeed.Role(arn, Optional.empty(), List.of(), Optional.empty(), true, Map.of());
        }
        return account.roles().stream()
                .filter(r -> r.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        403, "AccessDenied", "User is not authorized to perform: sts:AssumeRole on resource: " + arn));
    }

    private Xml credentials(Map<String, String> form, AwsSeed.Role role, SessionScope scope) {
        Duration duration = Duration.ofSeconds(Long.parseLong(form.getOrDefault("DurationSeconds", "3600")));
        Identity session = keys.issue(
                sessionArn(form, role), roleId(form, role), duration, role.policies(), scope.tags(), scope.policy());
        return new Xml("Credentials")
                .text("AccessKeyId", session.accessKeyId())
                .text("SecretAccessKey", session.secret().orElseThrow())
                .text("SessionToken", session.sessionToken().orElseThrow())
                .text("Expiration", session.expires().orElseThrow().toString());
    }

    private static Xml assumedUser(Map<String, String> form, AwsSeed.Role role) {
        return new Xml("AssumedRoleUser")
                .text("AssumedRoleId", roleId(form, role))
                .text("Arn", sessionArn(form, role));
    }

    private static String sessionArn(Map<String, String> form, AwsSeed.Role role) {
        Matcher arn = ROLE.matcher(role.arn());
        if (!arn.matches()) {
            throw new IllegalArgumentException("seed: role " + role.arn() + " is no ARN of a role");
        }
        return "arn:aws:sts::" + arn.group(1) + ":assumed-role/" + arn.group(2) + "/" + form.get("RoleSessionName");
    }

    private static String roleId(Map<String, String> form, AwsSeed.Role role) {
        return "AROADEMO" + Integer.toUnsignedString(role.arn().hashCode(), 36).toUpperCase(Locale.ROOT) + ":"
                + form.get("RoleSessionName");
    }
}
