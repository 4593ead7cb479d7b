package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.CheckSteps;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The steps of a connection test that are Parameter Store's own: {@code read} asks for a parameter that is not there,
 * below the filter's path, and {@code list} for one parameter's metadata.
 */
final class SsmCheck {
    /** Parameter Store takes no name that begins with {@code aws} or {@code ssm}. */
    private static final String PROBE = "connection-test-of-aws-secrets";

    private final Locator probe;
    private final AwsConnection<SsmClient> connection;
    private final ParameterReader reader;

    SsmCheck(String id, AwsConnection<SsmClient> connection, ParameterReader reader, SourceFilter filter) {
        String path = filter.prefix().orElse("/");
        boolean unended = path.startsWith("/") && !path.endsWith("/");
        this.probe = new Locator(id, path + (unended ? "/" : "") + PROBE, Optional.empty());
        this.connection = connection;
        this.reader = reader;
    }

    List<CheckSteps.Step> readings(Deadline deadline) {
        return List.of(new CheckSteps.Step("read", () -> read(deadline)));
    }

    private void read(Deadline deadline) {
        if (reader.read(List.of(probe), deadline).get(probe) instanceof Outcome.Failed failed
                && failed.why().problem() != Problem.NOT_FOUND) {
            throw failed.why().about("source " + probe.source());
        }
    }

    void list(Deadline deadline) {
        connection.one(
                (client, limits) -> client.describeParameters(
                        request -> request.maxResults(1).overrideConfiguration(limits)),
                new Access("ssm:DescribeParameters", "*"),
                deadline);
    }
}
