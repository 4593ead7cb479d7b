package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who an access key belongs to.
 *
 * @param userId as {@code GetCallerIdentity} gives it
 * @param secret the secret access key; empty where any signature will do
 * @param sessionToken of temporary credentials
 * @param policies names of the policies that bound it; empty where it may do everything
 * @param tags session tags
 * @param sessionPolicy what bounds a session beside its role's policies; empty where nothing does
 */
public record Identity(
        String accessKeyId,
        String arn,
        String userId,
        Optional<String> secret,
        Optional<String> sessionToken,
        Optional<Instant> expires,
        Optional<List<String>> policies,
        Map<String, String> tags,
        Optional<List<AwsSeed.Statement>> sessionPolicy) {

    @Override
    public String toString() {
        return arn;
    }
}
