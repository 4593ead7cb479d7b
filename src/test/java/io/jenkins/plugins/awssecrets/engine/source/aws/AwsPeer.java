package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * What the contract tests talk to: the demo backends, or moto where the environment gives its address in
 * {@code AWS_SECRETS_PEER_MOTO} (as {@code bin/peers} does). It is seeded through the APIs, under a prefix of its own,
 * so that a peer may hold other things.
 */
final class AwsPeer implements AutoCloseable {
    private final Optional<URI> address = Optional.ofNullable(System.getenv("AWS_SECRETS_PEER_MOTO"))
            .filter(text -> !text.isEmpty())
            .map(URI::create);
    private final Optional<DemoBackends> demo =
            address.isPresent() ? Optional.empty() : Optional.of(DemoBackends.start(Seed.empty()));

    /** A name that nobody else has. */
    final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8);

    final SsmClient ssm = at(SsmClient.builder(), ssmAddress()).build();
    final SecretsManagerClient secretsManager =
            at(SecretsManagerClient.builder(), secretsManagerAddress()).build();

    private URI ssmAddress() {
        return address.orElseGet(() -> demo.orElseThrow().ssm());
    }

    private URI secretsManagerAddress() {
        return address.orElseGet(() -> demo.orElseThrow().secretsManager());
    }

    AwsSettings ssmSettings() {
        return settings(ssmAddress());
    }

    AwsSettings secretsManagerSettings() {
        return settings(secretsManagerAddress());
    }

    private AwsSettings settings(URI endpoint) {
        return AwsSettings.DEFAULTS
                .withRegion(DemoAws.REGION)
                .withEndpoint(endpoint)
                .withStsEndpoint(address.orElseGet(() -> demo.orElseThrow().sts()))
                .withLogin(DemoAws.keys("AKIADEMO", "any"));
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(DemoAws.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIADEMO", "any")));
    }

    @Override
    public void close() {
        ssm.close();
        secretsManager.close();
        demo.ifPresent(DemoBackends::close);
    }
}
