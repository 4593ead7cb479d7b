package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How each build gets a session of its own.
 *
 * @param webIdentity what a build authenticates with; empty where the source's own login assumes the roles for it
 * @param between roles that are assumed one after the other after the web identity
 * @param role the last role; empty where the web identity's is the last
 */
public record PerBuild(Optional<WebIdentity> webIdentity, List<AssumeRole> between, Optional<Role> role) {
    /** The characters of an ARN: what a name may put into it. */
    private static final Pattern IN_ARN = Pattern.compile("[\\w+=,.@/-]+");

    /** What STS takes as a tag's value. */
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    public PerBuild {
        between = List.copyOf(between);
    }

    /**
     * {@code AssumeRoleWithWebIdentity} with the build's ID token.
     *
     * @param place full name of the folder whose source it is; empty for Jenkins itself
     * @param credentialsId of the credential that makes the token
     */
    public record WebIdentity(BuildText roleArn, String place, String credentialsId) {
        String roleArn(BuildIdentity build) {
            return arn(roleArn, build);
        }
    }

    /**
     * A role that is assumed for each build.
     *
     * @param tags whether the session has tags that name the build
     * @param exactPolicy whether the session may read the names that the build asked for, and nothing else
     */
    public record Role(
            BuildText roleArn,
            Optional<String> externalId,
            Optional<Duration> duration,
            boolean tags,
            boolean exactPolicy) {
        String roleArn(BuildIdentity build) {
            return arn(roleArn, build);
        }

        /** The role where it is the same for all builds. */
        Optional<AssumeRole> ofEveryBuild() {
            return BuildText.isIn(roleArn.text())
                    ? Optional.empty()
                    : Optional.of(new AssumeRole(roleArn.text(), externalId, Optional.empty(), duration));
        }

        /** @throws SecretException ({@link Problem#REFUSED}) when a name of the build fits no ARN or no tag */
        AssumeRole of(BuildIdentity build) {
            AssumeRole role = new AssumeRole(roleArn(build), externalId, Optional.of(sessionName(build)), duration);
            return tags ? role.withTags(PerBuild.tags(build)) : role;
        }
    }

    /** As {@code role arn:aws:iam::123456789012:role/ci, session shop-web-12}. */
    String identity(BuildIdentity build) {
        return "role " + roleArn(build) + ", session " + sessionName(build);
    }

    /**
     * Who AWS takes a build for, with all that policies can compare.
     *
     * @throws SecretException ({@link Problem#REFUSED}) when a name of the build fits no ARN or no tag
     */
    public String identityInFull(BuildIdentity build) {
        webIdentity.ifPresent(web -> web.roleArn(build));
        role.ifPresent(last -> last.of(build));
        boolean tags = role.filter(Role::tags).isPresent();
        boolean exact = role.filter(Role::exactPolicy).isPresent();
        return identity(build)
                + (tags ? ", session tags " + tagsInWords(build) : "")
                + (exact ? ", limited to what the build asks for" : "");
    }

    /** The role that a build reads in; as it is configured, where the build's names do not fit into it. */
    String roleArn(BuildIdentity build) {
        try {
            return role.map(last -> last.roleArn(build))
                    .or(() -> between.stream().reduce((one, next) -> next).map(AssumeRole::roleArn))
                    .or(() -> webIdentity.map(web -> web.roleArn(build)))
                    .orElseThrow();
        } catch (SecretException e) {
            // What was refused for it is told where the session is asked for.
            return role.map(Role::roleArn)
                    .or(() -> webIdentity.map(WebIdentity::roleArn))
                    .orElseThrow()
                    .text();
        }
    }

    /** @throws SecretException ({@link Problem#MALFORMED}) for what is no ARN of a role, whatever the build */
    public static BuildText roleArn(String key, String text) {
        return BuildText.checked(key, text, AssumeRole.ROLE_ARN, AssumeRole.NO_ARN, AssumeRole.ARN_FIX);
    }

    private static String arn(BuildText text, BuildIdentity build) {
        return text.of(build, "role " + text.text(), IN_ARN, AssumeRole.ROLE_ARN);
    }

    /** What CloudTrail shows as the caller. */
    static String sessionName(BuildIdentity build) {
        return SessionName.of(build.run() + "-" + build.number());
    }

    /** The tags of a build's session. */
    static Map<String, String> tags(BuildIdentity build) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("jenkins-job", build.job());
        tags.put("jenkins-folder", build.folder());
        build.branch().ifPresent(branch -> tags.put("jenkins-branch", branch));
        if (!build.controller().isEmpty()) {
            tags.put("jenkins-controller", build.controller());
        }
        tags.forEach((key, value) -> {
            if (!TAG.matcher(value).matches()) {
                throw new SecretException(
                        Problem.REFUSED,
                        "session tag " + key,
                        "'" + value + "' has characters that a session tag cannot have, or is longer than 256",
                        "rename it, or use a source without tags");
            }
        });
        return tags;
    }

    static String tagsInWords(BuildIdentity build) {
        return tags(build).entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** A connection test tries what the controller may do: the rest is for builds to try. */
    public SourceCheck notTried(String source) {
        String text = role.map(Role::roleArn)
                .map(BuildText::text)
                .or(() -> between.stream().reduce((one, next) -> next).map(AssumeRole::roleArn))
                .or(() -> webIdentity.map(web -> web.roleArn().text()))
                .orElseThrow();
        return SourceCheck.ofBuilds(
                "source " + source,
                "role " + text + (webIdentity.isPresent() ? ", authenticated with its ID token" : "")
                        + (role.filter(Role::tags).isPresent() ? ", with session tags" : "")
                        + (role.filter(Role::exactPolicy).isPresent() ? ", limited to what it asks for" : ""));
    }

    /** What such a source says where no build asks. */
    public static SecretException outsideOfBuilds(String source) {
        return new SecretException(
                Problem.REFUSED,
                "source " + source,
                "each build reads from it as itself, and no build is asking",
                "use it in a build. For agents, branch indexing and other uses outside of builds, take the secret from"
                        + " a source that reads as the controller");
    }
}
