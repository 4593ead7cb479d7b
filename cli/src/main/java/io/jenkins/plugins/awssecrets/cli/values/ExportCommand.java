package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.catalog.OpenSources;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: the variables that {@code exec} would bind, for another program to read. */
@Command(name = "export", description = "Prints the variables that exec would bind, for another program to read.")
public final class ExportCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private BindingOptions bindings;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = VariablesFormat.Words.class,
            required = true,
            description = "dotenv, shell (for eval), json, or github (for $GITHUB_ENV).")
    private String format;

    public ExportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        VariablesFormat variables = new VariablesFormat.Words().named(format);
        if (bindings.isEmpty()) {
            throw new UsageException("export", "nothing to export", "name it with --credential, --secret or --secrets");
        }
        Configuration configuration = invocation.configuration();
        BindingPlan plan = bindings.plan(configuration, invocation);
        BoundEnvironment bound;
        try (OpenSources sources = OpenSources.forReferences(configuration, plan.references())) {
            Snapshot snapshot = sources.resolve(plan.references(), invocation.deadline());
            bound = plan.bind(snapshot);
            GetCommand.warnOfLeases(configuration, invocation, snapshot, plan.references(), "use exec");
        }
        for (BoundFile file : bound.files()) {
            if (file.renewed()) {
                continue;
            }
            invocation
                    .report()
                    .warn("variable " + file.variable() + ": a private file, which only exec makes and removes; it is"
                            + " not exported");
        }
        OutputStream out = invocation.streams().out();
        variables.write(bound.withoutFiles(), out, invocation);
        out.flush();
        return ExitCode.OK;
    }
}
