package io.jenkins.plugins.awssecrets.engine.source.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /aws/reference/secretsmanager/NAME}: a secret of Secrets Manager that Parameter Store hands on. */
class SecretByParameterTest {
    private final DemoBackends backends = DemoBackends.start(Seed.empty());
    private final SsmSource source = new SsmSource(
            "ssm",
            AwsSettings.DEFAULTS
                    .withRegion("eu-west-1")
                    .withEndpoint(backends.ssm())
                    .withLogin(new AwsLogin.StaticKeys("demo", SecretValue.of("demo"), Optional.empty())),
            SourceFilter.NONE);

    @AfterEach
    void stop() {
        source.close();
        backends.close();
    }

    /** Name, version 0 and type are what the service answers. */
    @ParameterizedTest
    @CsvSource({
        "ci/hub, , ci/hub",
        "ci/hub, AWSPREVIOUS, ci/hub:AWSPREVIOUS",
        "a@b+c=d, AWSCURRENT, a@b+c=d:AWSCURRENT",
        "rds!cluster-1, , rds!cluster-1",
        "x.y_z, 01234567-89ab-cdef-0123-456789abcdef, x.y_z:01234567-89ab-cdef-0123-456789abcdef",
    })
    void itsNameAndStageAreHandedOn(String name, String stage, String asked) {
        String parameter = "/aws/reference/secretsmanager/" + name;
        backends.faults()
                .next(1, Service.SSM, "GetParameters", Fault.canned(200, "application/x-amz-json-1.1", """
                    {"Parameters":[{"Name":"%s","Type":"SecureString","Value":"{\\"password\\":\\"p\\"}","Version":0,"ARN":"arn:aws:ssm:eu-west-1:123456789012:parameter%s"}],"InvalidParameters":[]}
                    """.formatted(
                                parameter, parameter)));
        Reference reference = Reference.parse(
                        "ssm:" + parameter + (stage == null ? "" : "?version=" + stage) + "#password")
                .checkFor(SourceKind.SSM);

        Map<Locator, Outcome> read = source.fetch(List.of(reference.locator()), Deadline.in(Duration.ofSeconds(30)));

        Outcome.Found found = (Outcome.Found) read.get(reference.locator());
        assertThat(new Snapshot(Map.of(reference.locator(), found.payload()))
                        .value(reference, false, false)
                        .reveal())
                .isEqualTo("p");
        assertThat(backends.requests().to(Service.SSM, "GetParameters"))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.names()).containsExactly("/aws/reference/secretsmanager/" + asked));
    }
}
