package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.CheckSteps;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Tests a connection to Parameter Store: {@code log in} and {@code reach} are required; {@code read} asks for a
 * parameter that is not there, below the filter's path, and {@code list} for one parameter's metadata. The last two are
 * optional: a caller that may read only what references name passes neither and is well off.
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

    /** What the controller may do, where builds read as themselves. */
    List<SourceCheck> withoutReading(Deadline deadline) {
        CheckSteps steps = new CheckSteps();
        if (steps.required("authenticate", () -> connection.logIn(deadline))) {
            steps.reaching(List.of(new CheckSteps.Step("list", () -> list(deadline))));
        }
        return steps.steps();
    }

    List<SourceCheck> run(Deadline deadline) {
        CheckSteps steps = new CheckSteps();
        if (steps.required("authenticate", () -> connection.logIn(deadline))) {
            steps.reaching(List.of(
                    new CheckSteps.Step("read", () -> read(deadline)),
                    new CheckSteps.Step("list", () -> list(deadline))));
        }
        return steps.steps();
    }

    private void read(Deadline deadline) {
        if (reader.read(List.of(probe), deadline).get(probe) instanceof Outcome.Failed failed
                && failed.why().problem() != Problem.NOT_FOUND) {
            throw failed.why().about("source " + probe.source());
        }
    }

    private void list(Deadline deadline) {
        connection.one(
                (client, limits) -> client.describeParameters(
                        request -> request.maxResults(1).overrideConfiguration(limits)),
                new Access("ssm:DescribeParameters", "*"),
                deadline);
    }
}
