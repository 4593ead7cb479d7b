package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.cli.catalog.OpenSources;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.Streams;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.cli.values.BindingOptions;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.AwsHome;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.Renewal;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Delivery;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exec}: a command with secrets in its environment and its output masked. */
@picocli.CommandLine.Command(
        name = "exec",
        description = "Runs a command with secrets in its environment, and masks them in its output.")
public final class ExecCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private BindingOptions bindings;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write to FILE which secrets were read, at which versions; no values.")
    private Path reportFile;

    @Option(
            names = "--no-mask",
            description = "Give the command this terminal, or these streams, themselves: nothing is masked.")
    private boolean unmasked;

    @Option(
            names = {"-t", "--tty"},
            description =
                    "Give the command a terminal of its own, whose output is masked; with a terminal on both sides.")
    private boolean terminal;

    @Parameters(paramLabel = "-- CMD ARG", arity = "1..*", description = "The command and its arguments.")
    private List<String> words;

    public ExecCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SignalRelay signals = SignalRelay.install()) {
            try {
                return run(signals);
            } catch (SecretException | InterruptedException e) {
                OptionalInt status = signals.statusBeforeStart();
                if (status.isEmpty()) {
                    throw e;
                }
                return status.getAsInt();
            }
        }
    }

    private int run(SignalRelay signals) throws InterruptedException {
        if (terminal && !Streams.isAtTerminal()) {
            throw new UsageException(
                    "option --tty",
                    "standard input and output are not both a terminal",
                    "leave it out, or run the program at one");
        }
        Configuration configuration = invocation.configuration();
        BindingPlan plan = bindings.plan(configuration, invocation);
        try (OpenSources sources = OpenSources.forReferences(configuration, plan.references())) {
            Snapshot snapshot = sources.resolve(plan.references(), invocation.deadline());
            try (Leases leases = Leases.keep(sources.sources(), snapshot, invocation.report())) {
                BoundEnvironment bound = plan.bind(snapshot);
                if (reportFile != null) {
                    new SnapshotReport(configuration).write(reportFile, snapshot);
                }
                return run(bound, plan, new Session(sources, snapshot), signals);
            }
        } finally {
            // A signal before the start interrupts; what is closed after this must not be.
            Thread.interrupted();
        }
    }

    /** What the plan's values come from. */
    private record Session(OpenSources sources, Snapshot snapshot) {}

    private int run(BoundEnvironment bound, BindingPlan plan, Session session, SignalRelay signals)
            throws InterruptedException {
        ErrorReport report = invocation.report();
        (unmasked ? Set.<String>of() : bound.unmasked())
                .forEach(variable -> report.warn("variable " + variable
                        + ": its value has fewer than " + BoundEnvironment.SHORTEST_MASKED
                        + " bytes and is not masked. Use a longer one"));
        (unmasked ? Set.<String>of() : bound.ordinary())
                .forEach(variable -> report.warn("variable " + variable
                        + ": its value is an ordinary word or a short number, so ordinary text of the output is masked"
                        + " too. Change the value"));
        Command command = new Command(
                words, invocation.streams().out(), invocation.streams().err(), report, terminal && !unmasked);
        Map<String, String> environment = invocation.environment();
        Masker masker = Masker.of(unmasked ? List.of() : bound.secrets());
        try (PrivateFiles files = PrivateFiles.write(bound.files(), PrivateFiles.places(environment), user());
                Renewals renewals = Renewals.begin(renewal(plan, session, files, masker))) {
            return command.run(
                    bound.variables(),
                    files.variables(),
                    plan.unset(bound),
                    unmasked ? Optional.empty() : Optional.of(masker),
                    signals);
        }
    }

    private Renewal renewal(BindingPlan plan, Session session, PrivateFiles files, Masker masker) {
        return new Renewal(
                plan,
                session.snapshot(),
                due -> session.sources().resolve(due, invocation.deadline()),
                anew -> {
                    masker.add(anew.secrets());
                    files.replace(anew.files());
                },
                invocation.report()::warn,
                Clock.systemUTC());
    }

    private UserSettings user() {
        Map<String, String> environment = invocation.environment();
        String home = environment.getOrDefault("HOME", "");
        return new UserSettings(
                new DockerHome(environment.getOrDefault(Delivery.DOCKER_CONFIG, ""), home, ""),
                new AwsHome(environment.getOrDefault(Delivery.AWS_CONFIG_FILE, ""), home, ""));
    }
}
