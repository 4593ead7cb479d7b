package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What tests of the AWS sources begin with. */
public final class DemoAws {
    public static final String REGION = "eu-west-1";

    private DemoAws() {}

    public static AwsSettings settings(URI endpoint, DemoBackends backends) {
        return AwsSettings.DEFAULTS
                .withRegion(REGION)
                .withEndpoint(endpoint)
                .withStsEndpoint(backends.sts())
                .withLogin(keys("AKIADEMO", "any"));
    }

    public static AwsLogin keys(String id, String secret) {
        return new AwsLogin.StaticKeys(id, SecretValue.of(secret), Optional.empty());
    }

    /** Far more than a call to the loopback takes. */
    public static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    public static Locator locator(String source, String name) {
        return new Locator(source, name, Optional.empty());
    }

    public static Locator locator(String source, String name, String version) {
        return new Locator(source, name, Optional.of(version));
    }

    public static List<Locator> numbered(String source, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> locator(source, prefix + i))
                .toList();
    }

    public static SecretPayload found(Map<Locator, Outcome> outcomes, Locator locator) {
        if (outcomes.get(locator) instanceof Outcome.Found found) {
            return found.payload();
        }
        throw new AssertionError("not found: " + outcomes.get(locator));
    }

    public static String text(Map<Locator, Outcome> outcomes, Locator locator) {
        return found(outcomes, locator).value().reveal();
    }

    public static SecretException failed(Map<Locator, Outcome> outcomes, Locator locator) {
        if (outcomes.get(locator) instanceof Outcome.Failed failed) {
            return failed.why();
        }
        throw new AssertionError("did not fail: " + locator);
    }

    /** Secrets Manager ends an ARN with characters it makes up. */
    public static String arnOfSecret(DemoBackends backends, String name) {
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .endpointOverride(backends.secretsManager())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIADEMO", "any")))
                .build()) {
            return client.describeSecret(request -> request.secretId(name)).arn();
        }
    }

    public static Seed seed(String yaml) {
        return Seed.parse(yaml);
    }
}
