package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.exec.Command;
import io.jenkins.plugins.awssecrets.cli.exec.Leases;
import io.jenkins.plugins.awssecrets.cli.exec.PrivateFiles;
import io.jenkins.plugins.awssecrets.cli.exec.SignalRelay;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exec}: a command with secrets in its environment and its output masked. */
@picocli.CommandLine.Command(
        name = "exec",
        description = "Runs a command with secrets in its environment, and masks them in its output.")
final class ExecCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--credential",
            paramLabel = "ID[=PREFIX]",
            description = "Bind a credential's fields to variables that begin with PREFIX.")
    private List<String> credentials = new ArrayList<>();

    @Option(names = "--secret", paramLabel = "VAR=REF", description = "Bind one value to a variable.")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--secrets",
            paramLabel = "PREFIX=REF",
            description = "Bind each parameter below a path (ssm:/ci/app/), or each member of a JSON or Vault secret.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write to FILE which secrets were read, at which versions; no values.")
    private Path reportFile;

    @Parameters(paramLabel = "-- CMD ARG", arity = "1..*", description = "The command and its arguments.")
    private List<String> words;

    ExecCommand(Invocation invocation) {
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
        Configuration configuration = invocation.configuration();
        BindingPlan plan = plan(configuration);
        try (OpenSources sources = OpenSources.forReferences(configuration, plan.references())) {
            Snapshot snapshot = sources.resolve(plan.references(), invocation.deadline());
            try (Leases leases = Leases.keep(sources.sources(), snapshot, invocation.report())) {
                BoundEnvironment bound = plan.bind(snapshot);
                if (reportFile != null) {
                    new SnapshotReport(configuration).write(reportFile, snapshot);
                }
                return run(bound, plan.unset(bound), signals);
            }
        } finally {
            // A signal before the start interrupts; what is closed after this must not be.
            Thread.interrupted();
        }
    }

    private int run(BoundEnvironment bound, Set<String> unset, SignalRelay signals) throws InterruptedException {
        ErrorReport report = invocation.report();
        bound.unmasked()
                .forEach(variable -> report.warn("variable " + variable
                        + ": its value has fewer than " + BoundEnvironment.SHORTEST_MASKED
                        + " bytes and is not masked. Use a longer one"));
        Command command = new Command(
                words, invocation.streams().out(), invocation.streams().err(), report);
        Map<String, String> environment = invocation.environment();
        DockerHome docker = new DockerHome(
                environment.getOrDefault(VariableNames.DOCKER_CONFIG, ""), environment.getOrDefault("HOME", ""), "");
        try (PrivateFiles files = PrivateFiles.write(bound.files(), PrivateFiles.places(environment), docker)) {
            return command.run(bound.variables(), files.variables(), unset, Masker.of(bound.secrets()), signals);
        }
    }

    private BindingPlan plan(Configuration configuration) {
        BindingPlan plan = new BindingPlan();
        CredentialLookup lookup = new CredentialLookup(configuration, invocation);
        for (String typed : credentials) {
            // Base64-like ids hold '=' too: the last one parts id and prefix.
            int equals = typed.lastIndexOf('=');
            String id = equals < 0 ? typed : typed.substring(0, equals);
            Optional<String> prefix = equals < 0 ? Optional.empty() : Optional.of(typed.substring(equals + 1));
            CredentialDefinition found = lookup.find(id);
            bind("option --credential", () -> plan.credential(found, prefix));
        }
        DefinitionParser parser = new DefinitionParser(configuration.kinds());
        for (String typed : secrets) {
            int equals = typed.indexOf('=');
            if (equals < 0) {
                throw new UsageException("option --secret", "no '='", "write VAR=REF, as in TOKEN=sm:ci/sonar#token");
            }
            String variable = typed.substring(0, equals);
            Reference reference = parser.reference("option --secret " + shown(variable), typed.substring(equals + 1));
            bind("option --secret", () -> plan.secret(variable, reference, false));
        }
        new SecretGroups(configuration, invocation).addTo(plan, groups);
        return plan;
    }

    /** What a plan refuses are names and prefixes, which only the command line gives. */
    private static void bind(String option, Runnable binding) {
        try {
            binding.run();
        } catch (SecretException e) {
            throw new UsageException(option + ", " + e.subject(), e.reason(), e.fix());
        }
    }

    /** A variable's name; nothing where it is none, as it may be a piece of a secret. */
    private static String shown(String variable) {
        return variable.matches("[A-Za-z_][A-Za-z0-9_]{0,63}") ? variable : "";
    }
}
