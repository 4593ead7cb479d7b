package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * One way to get credentials, whose failures are told in our texts: the SDK's hold parts of what STS answered.
 *
 * @param translate from what the provider throws
 */
record LoginStep(AwsCredentialsProvider provider, Function<RuntimeException, SecretException> translate)
        implements AwsCredentialsProvider {
    /** A step without a call: what it throws says only that something is not there. */
    static LoginStep local(AwsCredentialsProvider provider, String what, String reason, String fix) {
        return new LoginStep(provider, any -> new SecretException(Problem.UNAUTHENTICATED, what, reason, fix));
    }

    /** A step that asks STS for a session. */
    static LoginStep sts(AwsCredentialsProvider provider, AwsErrors errors, String what, Access access) {
        return new LoginStep(provider, failure -> errors.of(failure, what, access));
    }

    /** @throws SecretException without a cause */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (SecretException e) {
            // Of a step before this one: the credentials that a role is to be assumed with.
            throw e;
        } catch (RuntimeException e) {
            throw translate.apply(e);
        }
    }
}
