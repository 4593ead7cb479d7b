package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.exec.PrivateFiles;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.AwsHome;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.Renewal;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A block of three hours by a clock that is moved, with keys of fifteen minutes: what AWS' own tools meet in it. */
@Timeout(300)
class LongBlockConsumerTest {
    private static final Duration LENGTH = Duration.ofHours(3);
    private static final Duration KEYS = Duration.ofMinutes(15);

    private final MovableClock clock = new MovableClock(Instant.now());
    private final List<String> reports = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private DemoBackends backends;
    private AwsMint mint;
    private PrivateFiles files;
    private Renewal renewal;
    private Instant due;
    private boolean outage;

    @TempDir
    Path directory;

    @BeforeEach
    void begin() {
        backends = DemoBackends.start(Seed.parse("aws: {accessKeys: [{id: demo}]}"), clock);
        mint = new AwsMint(
                "sm",
                new AwsSettings(
                        Optional.of("eu-west-1"),
                        Optional.of(backends.secretsManager()),
                        Optional.of(backends.sts()),
                        new AwsLogin.StaticKeys("demo", SecretValue.of("demo"), Optional.empty()),
                        List.of(),
                        false,
                        false,
                        Optional.empty()),
                clock);
        BindingPlan plan = new BindingPlan()
                .credential(
                        new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER))
                                .parse(
                                        "deploy",
                                        Kinds.AWS,
                                        "",
                                        Map.of("region", "eu-west-1"),
                                        Map.of(
                                                "role",
                                                Map.of(
                                                        "source",
                                                        "sm",
                                                        "roleArn",
                                                        "arn:aws:iam::123456789012:role/deployer",
                                                        "durationSeconds",
                                                        Long.toString(KEYS.toSeconds()),
                                                        "fileOnly",
                                                        "true")),
                                        false),
                        Optional.empty());
        Snapshot first = read(plan.references());
        BoundEnvironment bound = plan.bind(first);
        String home = directory.toString();
        files = PrivateFiles.write(
                bound.files(),
                List.of(directory),
                new UserSettings(new DockerHome("", home, ""), new AwsHome("", home, "")));
        renewal = new Renewal(plan, first, this::read, anew -> files.replace(anew.files()), reports::add, clock);
        due = renewal.due().orElseThrow();
        environment.put("HOME", home);
        environment.put("AWS_PAGER", "");
        environment.put("AWS_MAX_ATTEMPTS", "1");
        bound.variables().forEach((name, value) -> environment.put(name, value.reveal()));
        environment.putAll(files.variables());
    }

    @AfterEach
    void end() {
        files.close();
        mint.close();
        backends.close();
    }

    @Test
    void aToolThatBeginsAtAnyTimeOfItHasKeysThatAreGood() throws Exception {
        Tool.need("aws");
        for (Duration at = Duration.ZERO; at.compareTo(LENGTH) <= 0; at = at.plus(Duration.ofMinutes(20))) {
            assertThat(identity()).isEqualTo("arn:aws:sts::123456789012:assumed-role/deployer/");
            pass(Duration.ofMinutes(20));
        }
        assertThat(reports).isEmpty();
        assertThat(backends.requests().count(Service.STS, "AssumeRole"))
                .as("keys of a quarter of an hour, made anew in the middle of their life")
                .isBetween(24, 28);
    }

    /** boto3 asks the process again by its own clock, which is moved with ours. */
    @Test
    void aSessionOfBoto3ThatLastsAllTheTimeAsksForNewOnes() throws Exception {
        Tool.needModule("boto3");
        Path script = Files.writeString(directory.resolve("tool.py"), """
            import datetime, sys
            import boto3
            now = [datetime.datetime.fromisoformat(sys.stdin.readline().strip())]
            session = boto3.Session()
            session.get_credentials()._time_fetcher = lambda: now[0]
            sts = session.client("sts", endpoint_url=sys.argv[1])
            while True:
                print(sts.get_caller_identity()["Arn"].rsplit("/", 1)[0], flush=True)
                line = sys.stdin.readline().strip()
                if not line:
                    break
                now[0] = datetime.datetime.fromisoformat(line)
            """);
        ProcessBuilder builder =
                new ProcessBuilder("python3", script.toString(), backends.sts().toString());
        builder.redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        Process tool = builder.start();
        int calls = 0;
        try (PrintWriter in = new PrintWriter(tool.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out =
                        new BufferedReader(new InputStreamReader(tool.getInputStream(), StandardCharsets.UTF_8))) {
            for (Duration at = Duration.ZERO; at.compareTo(LENGTH) <= 0; at = at.plus(Duration.ofMinutes(5))) {
                in.println(clock.instant().toString().replace("Z", "+00:00"));
                assertThat(out.readLine())
                        .as(() -> read(directory.resolve("err")))
                        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deployer");
                calls++;
                pass(Duration.ofMinutes(5));
            }
        } finally {
            tool.destroyForcibly();
        }
        assertThat(calls).isEqualTo(37);
    }

    @Test
    void anOutageThatIsShorterThanWhatIsLeftIsReportedOnceAndHarmsNobody() throws Exception {
        Tool.need("aws");
        pass(Duration.ofMinutes(20));
        outage = true;
        pass(Duration.ofMinutes(7));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0))
                .contains("role arn:aws:iam::123456789012:role/deployer", "could not be renewed", "ends at")
                .doesNotContain("!");
        assertThat(identity()).isNotEmpty();
        outage = false;
        pass(Duration.ofMinutes(7));
        assertThat(identity()).isNotEmpty();
        assertThat(reports).hasSize(1);
    }

    private void pass(Duration time) {
        Instant end = clock.instant().plus(time);
        while (!due.isAfter(end)) {
            clock.forward(Duration.between(clock.instant(), due));
            due = renewal.renew();
        }
        clock.forward(Duration.between(clock.instant(), end));
    }

    private String identity() throws Exception {
        String arn = Tool.run(
                directory,
                environment,
                "aws",
                "sts",
                "get-caller-identity",
                "--query",
                "Arn",
                "--output",
                "text",
                "--endpoint-url",
                backends.sts().toString());
        return arn.strip().replaceAll("[^/]*$", "");
    }

    private Snapshot read(Collection<Reference> references) {
        if (outage) {
            throw new SecretException(Problem.UNREACHABLE, "source sm", "no response", "check the network");
        }
        Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
        mint.make(references.stream().map(Reference::locator).toList(), Deadline.in(Duration.ofSeconds(20)))
                .forEach((locator, outcome) -> payloads.put(locator, ((Outcome.Found) outcome).payload()));
        return new Snapshot(payloads);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
