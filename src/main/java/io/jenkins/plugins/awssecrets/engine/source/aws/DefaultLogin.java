package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Tries ways to get credentials in their order and stays with the first that works. One that somebody set up is the last
 * to be tried: what comes after it would be another identity than the one that was named. Unlike the SDK's chain it tells
 * which were tried, and what STS or a token file had against the one that was set up.
 */
final class DefaultLogin implements AwsCredentialsProvider {
    private final List<Map.Entry<String, AwsCredentialsProvider>> ways;
    private final AtomicReference<Optional<AwsCredentialsProvider>> working = new AtomicReference<>(Optional.empty());

    private final Set<String> named;

    /** @param ways by the name that an error gives each */
    DefaultLogin(List<Map.Entry<String, AwsCredentialsProvider>> ways) {
        this(ways, Set.of());
    }

    /** @param named the ways that somebody set up */
    DefaultLogin(List<Map.Entry<String, AwsCredentialsProvider>> ways, Set<String> named) {
        this.ways = List.copyOf(ways);
        this.named = Set.copyOf(named);
    }

    /** @throws SecretException with {@link Problem#UNAUTHENTICATED} when no way works */
    @Override
    public AwsCredentials resolveCredentials() {
        Optional<AwsCredentialsProvider> last = working.get();
        return last.isPresent() ? last.get().resolveCredentials() : tryAll();
    }

    private AwsCredentials tryAll() {
        List<String> tried = new ArrayList<>();
        Optional<SecretException> last = Optional.empty();
        for (Map.Entry<String, AwsCredentialsProvider> way : ways) {
            try {
                AwsCredentials credentials = way.getValue().resolveCredentials();
                working.set(Optional.of(way.getValue()));
                return credentials;
            } catch (SecretException e) {
                if (e.subject().equals("login")) {
                    throw e;
                }
                tried.add(way.getKey() + " (" + e.reason() + ")");
                last = Optional.of(e);
            } catch (RuntimeException e) {
                tried.add(way.getKey());
                last = Optional.empty();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SecretException(Problem.ABORTED, "login", "interrupted while authenticating", "run it again");
            }
            if (named.contains(way.getKey())) {
                throw none(tried, after(way.getKey()), last.map(SecretException::fix));
            }
        }
        throw none(tried, "", Optional.empty());
    }

    private static SecretException none(List<String> tried, String more, Optional<String> fix) {
        return new SecretException(
                Problem.UNAUTHENTICATED,
                "login",
                "no AWS credentials found in: " + String.join(", ", tried) + more,
                fix.orElse("give this machine a role, set AWS_PROFILE or AWS_ACCESS_KEY_ID, or configure the source's"
                        + " authentication"));
    }

    private String after(String last) {
        List<String> names = ways.stream().map(Map.Entry::getKey).toList();
        List<String> rest = names.subList(names.indexOf(last) + 1, names.size());
        return rest.isEmpty() ? "" : "; not tried, as this one is configured: " + String.join(", ", rest);
    }
}
