package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.DeadlineRetries;
import io.jenkins.plugins.awssecrets.engine.source.rate.RateLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The temporary keys of a role, for a job that works with them itself. They end by themselves.
 *
 * @param ends when, where STS said so
 */
public record AssumedKeys(
        String accessKeyId, SecretValue secretAccessKey, SecretValue sessionToken, Optional<Instant> ends) {

    /**
     * Assumes the roles of the settings, one after the other. Blocks for at most 20 seconds a role, and ends when its
     * thread is interrupted.
     *
     * @throws SecretException when STS refuses, or the settings name no role
     */
    public static AssumedKeys assume(AwsSettings settings) {
        DeadlineRetries retries = new DeadlineRetries(new RateLimit(Clock.systemUTC()));
        try (AwsClients clients = new AwsClients(settings, retries, "AWS_ENDPOINT_URL_STS")) {
            if (clients.login() instanceof AwsSessionCredentials session
                    && !settings.chain().isEmpty()) {
                return new AssumedKeys(
                        session.accessKeyId(),
                        SecretValue.of(session.secretAccessKey()),
                        SecretValue.of(session.sessionToken()),
                        session.expirationTime());
            }
            throw new SecretException(
                    Problem.MALFORMED,
                    "role to assume",
                    "no role is named",
                    "write arn:aws:iam::<12 digits>:role/<name>");
        }
    }
}
