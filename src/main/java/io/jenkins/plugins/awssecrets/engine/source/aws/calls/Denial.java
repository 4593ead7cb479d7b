package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of an access-denied error tells, taken out by strict patterns: an action from a known list, an account
 * number, a KMS key, the kind of policy. Nothing else of that text is passed on: it is a response body.
 *
 * @param kms whether it is the KMS key that refuses
 * @param deniedBy the kind of policy that denies explicitly
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Access denied error messages</a>
 */
public record Denial(
        Optional<String> action,
        Optional<String> account,
        boolean kms,
        Optional<String> kmsKey,
        Optional<String> deniedBy) {
    private static final List<String> ACTIONS = List.of(
            "ssm:GetParameters",
            "ssm:GetParameter",
            "ssm:DescribeParameters",
            "ssm:ListTagsForResource",
            "secretsmanager:GetSecretValue",
            "secretsmanager:BatchGetSecretValue",
            "secretsmanager:ListSecrets",
            "kms:Decrypt",
            "sts:AssumeRole",
            "sts:TagSession",
            "sts:AssumeRoleWithWebIdentity");
    private static final Pattern ACTION = Pattern.compile("to perform: ([a-z]+:[A-Za-z]+)");
    private static final Pattern ACCOUNT =
            Pattern.compile("on resource: arn:aws[a-z-]{0,20}:[a-z]{1,20}:[a-z0-9-]{0,30}:(\\d{12}):");
    private static final Pattern KEY = Pattern.compile(
            "arn:aws[a-z-]{0,20}:kms:[a-z0-9-]{1,30}:\\d{12}:key/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
    private static final Pattern DENIED_BY = Pattern.compile(
            "explicit deny in an? (service control policy|resource control policy|identity-based policy|resource-based"
                    + " policy|permissions boundary|session policy|VPC endpoint policy)");

    public static Denial in(String message) {
        Optional<String> action = first(ACTION, message).filter(ACTIONS::contains);
        Optional<String> key = whole(KEY, message);
        String lower = message.toLowerCase(Locale.ROOT);
        boolean kms = action.isPresent()
                ? action.get().startsWith("kms:")
                : lower.contains("kms") || lower.contains("customer master key");
        return new Denial(
                action, first(ACCOUNT, message), kms, kms ? key : Optional.empty(), first(DENIED_BY, message));
    }

    private static Optional<String> first(Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static Optional<String> whole(Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
