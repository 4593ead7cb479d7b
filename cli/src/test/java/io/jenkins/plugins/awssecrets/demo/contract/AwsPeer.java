package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** An AWS to test against. */
interface AwsPeer extends AutoCloseable {
    URI ssm();

    URI secretsManager();

    URI sts();

    /** An administrator. */
    AwsCredentials admin();

    /**
     * A user who may do no more than assume {@link #readerRole()}, which may read everything below {@code /allowed/}.
     */
    AwsCredentials nobody();

    String readerRole();

    /** A role that may do no more than assume {@link #readerRole()}. */
    String steppingRole();

    /** From now on, whoever calls must have the permissions for it. */
    void enforcePermissions();

    /** What a source makes of this peer's way to tell a refusal. */
    Problem told(Problem refusal);

    @Override
    void close();

    default AwsSettings settings(URI endpoint, AwsCredentials credentials) {
        return AwsSettings.DEFAULTS
                .withRegion("eu-west-1")
                .withEndpoint(endpoint)
                .withStsEndpoint(sts())
                .withLogin(new AwsLogin.StaticKeys(
                        credentials.accessKeyId(), SecretValue.of(credentials.secretAccessKey()), Optional.empty()));
    }

    static AwsCredentials credentials(String id, String secret) {
        return AwsBasicCredentials.create(id, secret);
    }
}
