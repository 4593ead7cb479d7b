package io.jenkins.plugins.awssecrets.demo.aws;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who an access key belongs to.
 *
 * @param userId as {@code GetCallerIdentity} gives it
 * @param secret the secret access key; empty where any signature will do
 * @param sessionToken of temporary credentials
 * @param policies names of the policies that bound it; empty where it may do everything
 */
public record Identity(
        String accessKeyId,
        String arn,
        String userId,
        Optional<String> secret,
        Optional<String> sessionToken,
        Optional<Instant> expires,
        Optional<List<String>> policies) {

    @Override
    public String toString() {
        return arn;
    }
}
