package io.jenkins.plugins.awssecrets.engine.source.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Asks STS for sessions. The SDK's own providers are not used: their calls outlast the caller's deadline, and who comes
 * next waits for them.
 */
final class Sts {
    /** The longest that a caller without a deadline waits. */
    private static final Duration A_LOGIN = Duration.ofSeconds(20);

    private final StsClient client;
    private final Supplier<Duration> patience;
    private final AwsErrors errors;

    /** @param patience how long the calling thread may wait */
    Sts(StsClient client, Supplier<Duration> patience, AwsErrors errors) {
        this.client = client;
        this.patience = patience;
        this.errors = errors;
    }

    AwsSessionCredentials assume(AssumeRole role) {
        return session(client.assumeRole(request -> {
                    request.roleArn(role.roleArn())
                            .roleSessionName(
                                    role.sessionName().map(SessionName::of).orElse(SessionName.DEFAULT))
                            .overrideConfiguration(limits());
                    role.externalId().ifPresent(request::externalId);
                    role.duration().map(d -> (int) d.toSeconds()).ifPresent(request::durationSeconds);
                })
                .credentials());
    }

    /** @throws UncheckedIOException when the token's file cannot be read */
    AwsSessionCredentials assumeWithWebIdentity(String roleArn, Path tokenFile, String sessionName) {
        String token = read(tokenFile);
        return session(client.assumeRoleWithWebIdentity(request -> request.roleArn(roleArn)
                        .roleSessionName(sessionName)
                        .webIdentityToken(token)
                        .overrideConfiguration(limits()))
                .credentials());
    }

    private static String read(Path tokenFile) {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
