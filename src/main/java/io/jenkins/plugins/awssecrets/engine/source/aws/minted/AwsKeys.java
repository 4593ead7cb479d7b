package io.jenkins.plugins.awssecrets.engine.source.aws.minted;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;

/** The keys of a source's login, for signing without a call. */
final class AwsKeys implements AutoCloseable {
    private final AwsConnection<StsClient> connection;

    AwsKeys(String subject, AwsSettings settings) {
        this.connection = AwsConnection.to(subject, "STS", settings, StsClient::builder);
    }

    AwsCredentials get(Deadline deadline) {
        return connection.keys(deadline);
    }

    /** Known once the keys are. */
    String region() {
        return connection.place().region();
    }

    @Override
    public void close() {
        connection.close();
    }
}
