package io.jenkins.plugins.awssecrets.demo;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The real AWS clients, pointed at an endpoint; they try each request once, and wait for an answer as long as a server
 * may take that loads its code at the first request.
 */
public final class Clients {
    public static final AwsCredentials ANYBODY = AwsBasicCredentials.create("AKIADEMO", "made-up");

    private Clients() {}

    public static SsmClient ssm(URI endpoint, AwsCredentials credentials) {
        return at(endpoint, credentials, SsmClient.builder().httpClientBuilder(http()))
                .build();
    }

    public static SecretsManagerClient secretsManager(URI endpoint, AwsCredentials credentials) {
        return at(endpoint, credentials, SecretsManagerClient.builder().httpClientBuilder(http()))
                .build();
    }

    public static StsClient sts(URI endpoint, AwsCredentials credentials) {
        return at(endpoint, credentials, StsClient.builder().httpClientBuilder(http()))
                .build();
    }

    private static ApacheHttpClient.Builder http() {
        return ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(20));
    }

    private static <B extends AwsClientBuilder<B, C>, C> B at(URI endpoint, AwsCredentials credentials, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }
}
