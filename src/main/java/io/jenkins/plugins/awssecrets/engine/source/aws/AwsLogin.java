package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Where the first AWS credentials come from, before any role is assumed with them. */
public sealed interface AwsLogin {
    /**
     * What the machine offers, in the SDK's order: system properties, environment, web identity token file, profile,
     * container (ECS, EKS pod identity), instance role. The web identity call goes through the source's own STS
     * settings and proxy.
     */
    record DefaultChain() implements AwsLogin {}

    /** A profile of the shared configuration files ({@code ~/.aws/config} and {@code ~/.aws/credentials}). */
    record Profile(String name) implements AwsLogin {}

    /** An access key; with a session token where it is a temporary one. */
    record StaticKeys(String accessKeyId, SecretValue secretAccessKey, Optional<SecretValue> sessionToken)
            implements AwsLogin {}

    /** {@code AssumeRoleWithWebIdentity} with the token a file holds, read anew for every session. */
    record WebIdentity(String roleArn, Path tokenFile) implements AwsLogin {}

    /**
     * Keys that somebody else keeps, asked for at each call.
     *
     * @param name what an error calls them
     */
    record Provided(String name, AwsCredentialsProvider provider) implements AwsLogin {}
}
