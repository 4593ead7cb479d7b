package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * Asks STS for sessions. The SDK's own providers are not used: their calls outlast the caller's deadline, and who comes
 * next waits for them.
 */
final class Sts {
    /** The longest that a caller without a deadline waits. */
    private static final Duration A_LOGIN = Duration.ofSeconds(20);

    private static final String TOO_LARGE = "PackedPolicyTooLarge";

    private final StsClient client;
    private final Supplier<Duration> patience;
    private final AwsErrors errors;

    /** @param patience how long the calling thread may wait */
    Sts(StsClient client, Supplier<Duration> patience, AwsErrors errors) {
        this.client = client;
        this.patience = patience;
        this.errors = errors;
    }

    AwsSessionCredentials assume(AssumeRole role, AwsCredentialsProvider with) {
        return assume(role, Optional.empty(), with);
    }

    /**
     * A session that may do no more than a policy says. STS packs policy and tags into one; where they do not fit, tags
     * alone have to do.
     *
     * @throws SecretException where they do not fit and the role has no tags
     */
    AwsSessionCredentials assumeExactly(AssumeRole role, String policy, AwsCredentialsProvider with) {
        if (policy.length() <= SessionPolicy.LONGEST) {
            try {
                return assume(role, Optional.of(policy), with);
            } catch (StsException e) {
                if (!isTooLarge(e)) {
                    throw e;
                }
            }
        }
        if (role.tags().isEmpty()) {
            throw new SecretException(
                    Problem.REFUSED,
                    "role " + role.roleArn(),
                    "the session policy for all names that the build reads is larger than STS allows",
                    "read fewer names from this source in one build, or set tags and compare them in the role's"
                            + " policy: tags are used where the policy is too large");
        }
        return assume(role, with);
    }

    private static boolean isTooLarge(StsException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(code -> code.startsWith(TOO_LARGE))
                .isPresent();
    }

    private AwsSessionCredentials assume(AssumeRole role, Optional<String> policy, AwsCredentialsProvider with) {
        return session(client.assumeRole(request -> {
                    request.roleArn(role.roleArn())
                            .roleSessionName(
                                    role.sessionName().map(SessionName::of).orElse(SessionName.DEFAULT))
                            .overrideConfiguration(limits().andThen(call -> call.credentialsProvider(with)));
                    role.externalId().ifPresent(request::externalId);
                    role.duration().map(d -> (int) d.toSeconds()).ifPresent(request::durationSeconds);
                    policy.ifPresent(request::policy);
                    if (!role.tags().isEmpty()) {
                        request.tags(
                                role.tags().entrySet().stream().map(Sts::tag).toList());
                    }
                })
                .credentials());
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
    }

    AwsSessionCredentials assumeWithWebIdentity(String roleArn, SecretValue token, String sessionName) {
        return session(client.assumeRoleWithWebIdentity(request -> request.roleArn(roleArn)
                        .roleSessionName(sessionName)
                        .webIdentityToken(token.reveal())
                        .overrideConfiguration(limits()))
                .credentials());
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> limits() {
        Duration left = patience.get();
        if (left.isZero()) {
            throw new CompletionException(new TimeoutException());
        }
        return override -> override.apiCallTimeout(left.compareTo(A_LOGIN) < 0 ? left : A_LOGIN);
    }

    private AwsSessionCredentials session(Credentials given) {
        boolean whole = given != null
                && given.accessKeyId() != null
                && given.secretAccessKey() != null
                && given.sessionToken() != null
                && given.expiration() != null;
        if (!whole) {
            throw errors.incomplete("session");
        }
        return AwsSessionCredentials.builder()
                .accessKeyId(given.accessKeyId())
                .secretAccessKey(given.secretAccessKey())
                .sessionToken(given.sessionToken())
                .expirationTime(given.expiration())
                .build();
    }
}
