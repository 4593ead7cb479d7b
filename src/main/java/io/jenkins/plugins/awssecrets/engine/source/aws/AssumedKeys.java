package io.jenkins.plugins.awssecrets.engine.source.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
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

    /** What a {@code credential_process} prints of them (AWS SDKs and Tools Reference Guide). */
    public SecretValue printed() {
        ObjectNode printed = JsonTree.object();
        printed.put("Version", 1);
        printed.put("AccessKeyId", accessKeyId);
        printed.put("SecretAccessKey", secretAccessKey.reveal());
        printed.put("SessionToken", sessionToken.reveal());
        ends.ifPresent(end -> printed.put("Expiration", end.toString()));
        return SecretValue.of(printed.toString());
    }

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
