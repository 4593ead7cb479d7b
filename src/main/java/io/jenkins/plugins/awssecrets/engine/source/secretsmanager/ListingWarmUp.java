package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.source.aws.calls.AnswerLimit;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.DeadlineRetries;
import io.jenkins.plugins.awssecrets.engine.source.rate.RateLimit;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * A listing that asks nobody: the answer is made here. Loading the 2,500 classes that the first call needs takes longer
 * than to list ten thousand secrets, and whoever knows that there will be one can have it done before.
 */
public final class ListingWarmUp {
    private static final Duration ENOUGH = Duration.ofSeconds(10);
    private static final int SECRETS = 100;

    private static final String SECRET = """
        {"ARN": "arn:aws:secretsmanager:us-east-1:111122223333:secret:warm-up-AbCdEf", "Name": "warm-up",
        "Description": "", "Tags": [{"Key": "jenkins:credentials:type", "Value": "string"}],
        "SecretVersionsToStages": {"11111111-2222-4333-8444-555555555555": ["AWSCURRENT"]},
        "CreatedDate": 1.7e9, "LastChangedDate": 1.7e9, "LastAccessedDate": 1.7e9}\
        """;

    private ListingWarmUp() {}

    /** Takes about a second of one processor when it is the first to need the SDK. */
    public static void run() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The SDK looks for services through it.
        thread.setContextClassLoader(ListingWarmUp.class.getClassLoader());
        try {
            list();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void list() {
        try (SdkHttpClient http = new Answering(ApacheHttpClient.builder().build());
                SecretsManagerClient client = SecretsManagerClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(URI.create("https://localhost"))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("warm-up", "warm-up")))
                        .httpClient(http)
                        .overrideConfiguration(
                                o -> o.retryStrategy(new DeadlineRetries(new RateLimit(Clock.systemUTC())))
                                        .apiCallAttemptTimeout(ENOUGH)
                                        .addExecutionInterceptor(new AnswerLimit()))
                        .build()) {
            client.listSecrets(
                            request -> request.maxResults(SECRETS).overrideConfiguration(o -> o.apiCallTimeout(ENOUGH)))
                    .secretList()
                    .forEach(secret -> SecretListing.metadata("warm-up", secret));
        }
    }

    /**
     * Answers each call with a page, without a network.
     *
     * @param real what calls are made with else, whose classes are to be loaded too
     */
    private record Answering(SdkHttpClient real) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            byte[] page = IntStream.range(0, SECRETS)
                    .mapToObj(i -> SECRET)
                    .collect(Collectors.joining(", ", "{\"SecretList\": [", "]}"))
                    .getBytes(StandardCharsets.UTF_8);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(200)
                                    .putHeader("Content-Type", "application/x-amz-json-1.1")
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(page)))
                            .build();
                }

                @Override
                public void abort() {
                    // Nothing is under way.
                }
            };
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
