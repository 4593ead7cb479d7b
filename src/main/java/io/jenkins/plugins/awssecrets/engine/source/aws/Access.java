package io.jenkins.plugins.awssecrets.engine.source.aws;

/**
 * The permission a call needs, as an IAM policy would grant it.
 *
 * @param action such as {@code ssm:GetParameters}
 * @param resource an ARN, with {@code *} for an account that is not known, or {@code *}
 */
public record Access(String action, String resource) {
    private static final String ANY_ACCOUNT = ":*:";

    /** The ARN of something in this account and region, as far as they are known. */
    public static Access to(String action, Place place, String resource) {
        return new Access(
                action,
                "arn:" + place.partition() + ":" + action.substring(0, action.indexOf(':')) + ":" + place.region()
                        + ANY_ACCOUNT + resource);
    }

    Access inAccount(String account) {
        return new Access(action, resource.replace(ANY_ACCOUNT, ":" + account + ":"));
    }
}
