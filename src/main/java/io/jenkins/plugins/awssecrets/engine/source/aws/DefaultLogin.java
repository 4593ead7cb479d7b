package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Tries ways to get credentials in their order and stays with the first that works. Unlike the SDK's chain it tells
 * which were tried, and what STS or a token file had against the one that was set up.
 */
final class DefaultLogin implements AwsCredentialsProvider {
    private final List<Map.Entry<String, AwsCredentialsProvider>> ways;
    private final AtomicReference<Optional<AwsCredentialsProvider>> working = new AtomicReference<>(Optional.empty());

    /** @param ways by the name that an error gives each */
    DefaultLogin(List<Map.Entry<String, AwsCredentialsProvider>> ways) {
        this.ways = List.copyOf(ways);
    }

    /** @throws SecretException with {@link Problem#UNAUTHENTICATED} when no way works */
    @Override
    public AwsCredentials resolveCredentials() {
        Optional<AwsCredentialsProvider> last = working.get();
        return last.isPresent() ? last.get().resolveCredentials() : tryAll();
    }

    private AwsCredentials tryAll() {
        List<String> tried = new ArrayList<>();
        for (Map.Entry<String, AwsCredentialsProvider> way : ways) {
            try {
                AwsCredentials credentials = way.getValue().resolveCredentials();
                working.set(Optional.of(way.getValue()));
                return credentials;
            } catch (SecretException e) {
                tried.add(way.getKey() + " (" + e.reason() + ")");
            } catch (RuntimeException e) {
                tried.add(way.getKey());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SecretException(Problem.ABORTED, "login", "interrupted while logging in", "run it again");
            }
        }
        throw new SecretException(
                Problem.UNAUTHENTICATED,
                "login",
                "no AWS credentials found in: " + String.join(", ", tried),
                "give this machine a role, set AWS_PROFILE or AWS_ACCESS_KEY_ID, or configure the source's login");
    }
}
