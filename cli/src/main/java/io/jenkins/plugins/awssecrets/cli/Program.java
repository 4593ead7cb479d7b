package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.catalog.AdviseCommand;
import io.jenkins.plugins.awssecrets.cli.catalog.ListCommand;
import io.jenkins.plugins.awssecrets.cli.check.CheckCommand;
import io.jenkins.plugins.awssecrets.cli.exec.ExecCommand;
import io.jenkins.plugins.awssecrets.cli.mask.MaskCommand;
import io.jenkins.plugins.awssecrets.cli.migration.ImportCommand;
import io.jenkins.plugins.awssecrets.cli.options.HelpCommand;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.options.RootCommand;
import io.jenkins.plugins.awssecrets.cli.options.UsageErrors;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.Streams;
import io.jenkins.plugins.awssecrets.cli.policy.PolicyCommand;
import io.jenkins.plugins.awssecrets.cli.setup.CompletionCommand;
import io.jenkins.plugins.awssecrets.cli.setup.DemoBackendsCommand;
import io.jenkins.plugins.awssecrets.cli.setup.ManPageCommand;
import io.jenkins.plugins.awssecrets.cli.values.ExportCommand;
import io.jenkins.plugins.awssecrets.cli.values.GetCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;

/** One run of the program: command line in, exit code out. */
public final class Program {
    private final Streams streams;
    private final Map<String, String> environment;

    /** @param environment for the configuration; a command that is run inherits this process' own in any case */
    public Program(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    /** Runs and gives the exit code; never throws. */
    public int run(String... arguments) {
        Invocation invocation = new Invocation(streams, environment);
        ErrorReport early = new ErrorReport(streams.errPrinter(), debugAsked(arguments));
        try {
            CommandLine line = commandLine(invocation, early);
            int status = line.execute(arguments);
            // A writer keeps to itself that help or version did not reach the disk.
            return line.getOut().checkError() && status == ExitCode.OK
                    ? early.report(new IOException("the output is lost"))
                    : status;
        } catch (RuntimeException | LinkageError e) {
            return early.report(e);
        }
    }

    private CommandLine commandLine(Invocation invocation, ErrorReport early) {
        CommandLine root = new CommandLine(new RootCommand(invocation));
        root.addSubcommand(new ExecCommand(invocation));
        root.addSubcommand(new GetCommand(invocation));
        root.addSubcommand(new ExportCommand(invocation));
        root.addSubcommand(new ListCommand(invocation));
        root.addSubcommand(new CheckCommand(invocation));
        root.addSubcommand(new PolicyCommand(invocation));
        root.addSubcommand(new AdviseCommand(invocation));
        root.addSubcommand(new ImportCommand(invocation));
        root.addSubcommand(new MaskCommand(invocation));
        root.addSubcommand(new CompletionCommand(invocation));
        root.addSubcommand(new DemoBackendsCommand(invocation));
        root.addSubcommand(new HelpCommand());
        root.addSubcommand(new TrainingRunCommand());
        root.addSubcommand(new ManPageCommand(invocation));
        root.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                invocation.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        root.setParameterExceptionHandler((e, args) -> early.report(UsageErrors.of(e)));
        root.setExecutionExceptionHandler(
                (e, line, result) -> invocation.report().report(e));
        // After '--' everything is the command's own, and before it an option may not pass for a word.
        root.getSubcommands().get("exec").setStopAtPositional(true);
        return root;
    }

    private static boolean debugAsked(String... arguments) {
        return Arrays.stream(arguments).takeWhile(a -> !a.equals("--")).anyMatch("--debug"::equals);
    }
}
