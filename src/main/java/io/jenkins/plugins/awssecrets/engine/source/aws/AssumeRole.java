package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role to assume with the credentials before it (STS {@code AssumeRole}).
 *
 * @param sessionName what CloudTrail shows as the caller; made to fit by {@link SessionName}; empty for
 *     {@code aws-secrets}
 * @param duration how long a session lasts, 15 minutes to 12 hours; empty for the service's hour, which is also the
 *     most that STS grants to a role assumed by a role
 * @param tags session tags; none for most
 */
public record AssumeRole(
        String roleArn,
        Optional<String> externalId,
        Optional<String> sessionName,
        Optional<Duration> duration,
        Map<String, String> tags) {
    static final String NO_ARN = "not the ARN of a role";

    static final String ARN_FIX = "write arn:aws:iam::<12 digits>:role/<name>";

    /** The API's own limits: <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>. */
    static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}");

    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(12);

    /** @throws SecretException with {@link Problem#MALFORMED} when STS would refuse one of the values as it stands */
    public AssumeRole {
        tags = Map.copyOf(tags);
        if (!ROLE_ARN.matcher(roleArn).matches()) {
            throw malformed("role to assume", NO_ARN, ARN_FIX);
        }
        if (externalId.isPresent() && !EXTERNAL_ID.matcher(externalId.get()).matches()) {
            throw malformed(
                    "external ID of " + roleArn,
                    "not a valid external ID",
                    "use 2 to 1224 letters, digits or _+=,.@:/-");
        }
        if (duration.isPresent()
                && (duration.get().compareTo(SHORTEST) < 0 || duration.get().compareTo(LONGEST) > 0)) {
            throw malformed("session of " + roleArn, "not a valid session duration", "use 15 minutes to 12 hours");
        }
    }

    /** A role without tags. */
    public AssumeRole(
            String roleArn, Optional<String> externalId, Optional<String> sessionName, Optional<Duration> duration) {
        this(roleArn, externalId, sessionName, duration, Map.of());
    }

    /** The role with every option left to its default. */
    public static AssumeRole of(String roleArn) {
        return new AssumeRole(roleArn, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, named so unless it has a name of its own. */
    AssumeRole named(Optional<String> name) {
        return sessionName.isPresent() ? this : new AssumeRole(roleArn, externalId, name, duration, tags);
    }

    AssumeRole withTags(Map<String, String> named) {
        return new AssumeRole(roleArn, externalId, sessionName, duration, named);
    }

    private static SecretException malformed(String what, String why, String fix) {
        return new SecretException(Problem.MALFORMED, what, why, fix);
    }
}
