package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.source.aws.calls.DeadlineRetries;
import io.jenkins.plugins.awssecrets.engine.source.rate.RateLimit;
import java.time.Clock;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The credentials of a login for who signs with them elsewhere, as Vault's AWS authentication method does: those that a
 * source of this login would use, and no other identity of the machine where that one fails. They are looked up anew each
 * time, so that nothing is kept open.
 */
public final class LoginCredentials implements AwsCredentialsProvider {
    private final AwsSettings settings;

    private LoginCredentials(AwsSettings settings) {
        this.settings = settings;
    }

    /** @param region where a role is assumed, should the login do so */
    public static AwsCredentialsProvider of(AwsLogin login, String region) {
        return login instanceof AwsLogin.Provided provided
                ? provided.provider()
                : new LoginCredentials(AwsSettings.DEFAULTS.withRegion(region).withLogin(login));
    }

    /** @throws io.jenkins.plugins.awssecrets.engine.SecretException when the login gives none */
    @Override
    public AwsCredentials resolveCredentials() {
        DeadlineRetries retries = new DeadlineRetries(new RateLimit(Clock.systemUTC()));
        try (AwsClients clients = new AwsClients(settings, retries, "AWS_ENDPOINT_URL_STS")) {
            return clients.login();
        }
    }
}
