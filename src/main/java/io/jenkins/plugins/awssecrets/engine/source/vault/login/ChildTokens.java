package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That each build reads with a token that the source's own one makes for it ({@code auth/token/create}).
 *
 * @param policies what the build's token has, beside {@code default}; they may name folder and job
 * @param ttl of the token, which is renewed while the build uses it; empty for Vault's default
 * @param tokenRole role of the token auth method that it is made with, which may allow policies that the source's own
 *     token does not have; empty for none
 */
public record ChildTokens(List<BuildText> policies, Optional<Duration> ttl, Optional<BuildText> tokenRole) {
    /** Vault writes names of policies in lower case: jobs that differ in nothing else would be one to it. */
    static final Pattern NAME_IN_POLICY = Pattern.compile("[a-z0-9_][a-z0-9._/-]*");

    private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]*");

    private static final Pattern TTL = Pattern.compile("(\\d{1,7})([smh])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** {@code max_lease_ttl} of Vault where nobody configures another. */
    private static final Duration LONGEST = Duration.ofHours(768);

    public ChildTokens {
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "policies",
                    "no policy is configured",
                    "name what a build may use, as in jenkins-"
                            + BuildText.EXAMPLE.split(" ")[0]);
        }
    }

    /**
     * A policy as it is configured.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) whose subject is {@code policies}
     */
    public static BuildText policy(String text) {
        BuildText policy = BuildText.checked("policies", text, POLICY);
        if (text.equals("root")) {
            throw new SecretException(
                    Problem.MALFORMED, "policies", "root allows everything", "name a policy of the build's own");
        }
        return policy;
    }

    /**
     * A token role as it is configured.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) whose subject is {@code tokenRole}
     */
    public static BuildText role(String text) {
        return BuildText.checked("tokenRole", text, VaultRoles.ROLE);
    }

    /**
     * A time as it is configured: a number and {@code s}, {@code m} or {@code h}, from a minute to 32 days.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) whose subject is {@code ttl}
     */
    public static Duration ttl(String text) {
        Matcher matcher = TTL.matcher(text);
        Duration time = matcher.matches()
                ? Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)))
                : Duration.ZERO;
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "ttl",
                    "not a valid duration, or out of range",
                    "use 1m to 768h: a number and s, m or h");
        }
        return time;
    }

    /**
     * Who Vault takes a build for that has such a token.
     *
     * @throws SecretException ({@link Problem#REFUSED}) where the build's folder or job does not fit
     */
    public String identity(BuildIdentity build) {
        roleOf(build);
        return identity(policiesOf(build));
    }

    /** Who builds read as, as it is configured. */
    public String words() {
        return identity(policies.stream().map(BuildText::text).toList());
    }

    static String identity(List<String> policies) {
        return "a token with policies " + String.join(", ", policies);
    }

    /** @throws SecretException ({@link Problem#REFUSED}) where the build's folder or job does not fit */
    List<String> policiesOf(BuildIdentity build) {
        return policies.stream().map(policy -> policyOf(policy, build)).toList();
    }

    private static String policyOf(BuildText policy, BuildIdentity build) {
        String name = policy.of(build, "the policy " + policy.text(), NAME_IN_POLICY, POLICY);
        if (name.equals("root")) {
            throw new SecretException(
                    Problem.REFUSED,
                    "the policy " + policy.text(),
                    "for job " + build.job() + " it would be root, which allows everything",
                    "begin its name with a prefix, such as jenkins-");
        }
        return name;
    }

    /** @throws SecretException ({@link Problem#REFUSED}) where the build's folder or job does not fit */
    Optional<String> roleOf(BuildIdentity build) {
        return tokenRole.map(role -> VaultRoles.of(role, build, "the token role " + role.text()));
    }
}
