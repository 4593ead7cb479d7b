package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Fault.Cause;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.AnswerLimit;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong on the way to AWS, with the real client over HTTP. Each test's fault takes the place of the last's. */
class AwsFaultsTest {
    /** Planted in error texts and bodies; whoever prints it printed a response. */
    private static final String CANARY = "canary-7f3a9";

    private static final Seed SEED = Seed.empty()
            .secureParameter("/ci/a", CANARY)
            .secret("/ci/a", CANARY)
            .secret("/ci/b", CANARY);

    private static DemoBackends backends;
    private static SecretSource ssm;
    private static SecretSource secretsManager;

    @BeforeAll
    static void start() {
        backends = DemoBackends.start(SEED);
        ssm = new SsmSource("aws", DemoAws.settings(backends.ssm(), backends), SourceFilter.NONE);
        secretsManager = new SecretsManagerSource(
                "aws", DemoAws.settings(backends.secretsManager(), backends), SourceFilter.NONE);
    }

    @AfterAll
    static void stop() {
        ssm.close();
        secretsManager.close();
        backends.close();
    }

    private static SecretSource source(SourceKind kind) {
        return kind == SourceKind.SSM ? ssm : secretsManager;
    }

    private static Service service(SourceKind kind) {
        return kind == SourceKind.SSM ? Service.SSM : Service.SECRETS_MANAGER;
    }

    static Stream<Arguments> faults() {
        return Stream.of(SourceKind.SSM, SourceKind.SECRETS_MANAGER).flatMap(kind -> Stream.of(
                        arguments(Fault.error(Cause.DENIED).saying(CANARY), Problem.DENIED),
                        arguments(Fault.error(Cause.NOT_FOUND).saying(CANARY), Problem.NOT_FOUND),
                        arguments(Fault.error(Cause.BAD_REQUEST).saying(CANARY), Problem.MALFORMED),
                        arguments(Fault.error(Cause.THROTTLED).saying(CANARY), Problem.THROTTLED),
                        arguments(Fault.status(429).saying(CANARY), Problem.THROTTLED),
                        arguments(Fault.error(Cause.INTERNAL).saying(CANARY), Problem.UNREACHABLE),
                        arguments(Fault.error(Cause.UNAVAILABLE).saying(CANARY), Problem.UNREACHABLE),
                        arguments(coded("UnrecognizedClientException"), Problem.UNAUTHENTICATED),
                        arguments(coded("InvalidSignatureException"), Problem.UNAUTHENTICATED),
                        arguments(coded("ExpiredTokenException"), Problem.UNAUTHENTICATED),
                        arguments(coded("DecryptionFailure"), Problem.DENIED),
                        arguments(coded("InvalidKeyId"), Problem.DENIED),
                        arguments(coded(CANARY), Problem.INTERNAL),
                        arguments(
                                Fault.error(Cause.BAD_REQUEST)
                                        .code("InvalidRequestException")
                                        .saying("because it was marked for deletion. " + CANARY),
                                Problem.DELETED),
                        arguments(Fault.canned(403, "text/html", "<p>" + CANARY), Problem.UNREACHABLE),
                        arguments(Fault.canned(404, "text/html", "<p>" + CANARY), Problem.UNREACHABLE),
                        arguments(Fault.canned(407, "text/html", "<p>" + CANARY), Problem.UNREACHABLE),
                        arguments(Fault.canned(502, "text/html", "<p>" + CANARY), Problem.UNREACHABLE),
                        arguments(Fault.malformedJson(CANARY), Problem.UNREACHABLE),
                        arguments(Fault.wrongContentType(CANARY), Problem.UNREACHABLE),
                        arguments(Fault.cut(), Problem.UNREACHABLE),
                        arguments(Fault.hangUp(), Problem.UNREACHABLE))
                .map(each -> arguments(kind, each.get()[0], each.get()[1])));
    }

    static Stream<Arguments> faultsOfTheWay() {
        return Stream.of(SourceKind.SSM, SourceKind.SECRETS_MANAGER)
                .flatMap(kind -> Stream.of(
                        arguments(kind, Fault.status(429).saying(CANARY), Problem.THROTTLED),
                        arguments(kind, coded("InvalidSignatureException"), Problem.UNAUTHENTICATED),
                        arguments(kind, Fault.canned(403, "text/html", "<p>" + CANARY), Problem.UNREACHABLE),
                        arguments(kind, Fault.wrongContentType(CANARY), Problem.UNREACHABLE),
                        arguments(kind, Fault.hangUp(), Problem.UNREACHABLE)));
    }

    private static Fault coded(String code) {
        return Fault.error(Cause.BAD_REQUEST).code(code).saying(CANARY);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsToldByItsClassAndNoResponseInAnyText(SourceKind kind, Fault fault, Problem expected) {
        backends.faults().inject(service(kind), fault);
        Locator locator = locator("aws", "/ci/a");
        SecretSource source = source(kind);
        SecretException why = failed(source.fetch(List.of(locator), soon()), locator);
        assertThat(why.problem()).as(why.getMessage()).isEqualTo(expected);
        assertThat(why).hasNoCause().hasMessageContaining("aws:/ci/a");
        assertThat(EveryText.of(why)).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfListingIsToldWithoutTheResponse(SourceKind kind, Fault fault, Problem expected) {
        backends.faults().inject(service(kind), fault);
        SecretSource source = source(kind);
        SecretException why = catchThrowableOfType(SecretException.class, () -> source.list(soon()));
        assertThat(why.problem()).as(why.getMessage()).isEqualTo(expected);
        assertThat(why).hasNoCause().hasMessageContaining("source aws");
        assertThat(EveryText.of(why)).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"SSM", "SECRETS_MANAGER"})
    void anAnswerThatLacksWhatWasAskedForIsNoValue(SourceKind kind) {
        for (Fault fault : List.of(Fault.emptyBody(), Fault.oversized(CANARY))) {
            backends.faults().inject(service(kind), fault);
            Locator locator = locator("aws", "/ci/a");
            SecretException why = failed(source(kind).fetch(List.of(locator), soon()), locator);
            assertThat(why.problem()).isIn(Problem.UNREACHABLE, Problem.INTERNAL);
            assertThat(EveryText.of(why)).doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"SSM", "SECRETS_MANAGER"})
    void anAnswerBeyondTheLimitIsNotReadToItsEnd(SourceKind kind) {
        byte[] endless = new byte[AnswerLimit.MOST_BYTES + 1];
        Arrays.fill(endless, (byte) ' ');
        backends.faults().inject(service(kind), new Fault.Canned(200, "application/x-amz-json-1.1", endless));
        SecretException why =
                catchThrowableOfType(SecretException.class, () -> source(kind).list(soon()));
        assertThat(why.problem()).as(why.getMessage()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why.reason()).endsWith("the response is not from this service");
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"SSM", "SECRETS_MANAGER"})
    void anEmptyAnswerIsNoEmptyListing(SourceKind kind) {
        backends.faults().inject(service(kind), Fault.emptyBody());
        assertThat(catchThrowableOfType(
                                SecretException.class, () -> source(kind).list(soon()))
                        .problem())
                .isEqualTo(Problem.UNREACHABLE);
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheWay")
    void aConnectionTestTellsAFaultAndNeverThrows(SourceKind kind, Fault fault, Problem expected) {
        backends.faults().inject(service(kind), fault);
        SecretSource source = source(kind);
        List<SourceCheck> steps = source.check(soon());
        assertThat(steps.get(0).what()).isEqualTo("authenticate");
        assertThat(steps.get(0).ok()).isTrue();
        assertThat(steps).hasSize(2);
        assertThat(steps.get(1).what()).isEqualTo("reach");
        assertThat(steps.get(1).required()).isTrue();
        assertThat(steps.get(1).problem())
                .hasValueSatisfying(why -> assertThat(why.problem()).isEqualTo(expected));
        steps.stream().flatMap(step -> step.problem().stream()).forEach(why -> assertThat(EveryText.of(why))
                .doesNotContain(CANARY));
    }
}
