package io.jenkins.plugins.awssecrets.cli.setup;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.options.RootCommand;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: the script by which a shell completes commands and options. */
@Command(name = "completion", description = "Prints a shell's completion script.")
public final class CompletionCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell;

    @Spec
    private CommandSpec spec;

    public CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        CommandLine root = spec.root().commandLine();
        String script =
                switch (shell) {
                    // Its script for bash switches bash's functions on where zsh reads it.
                    case "bash", "zsh" -> AutoComplete.bash(RootCommand.NAME, root);
                    case "fish" -> fish(root);
                    default -> throw new UsageException("completion", "unknown shell", "use bash, zsh or fish");
                };
        OutputStream out = invocation.streams().out();
        out.write((script.endsWith("\n") ? script : script + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }

    /** picocli has none for fish, whose own command says as much by a line an option. */
    private static String fish(CommandLine root) {
        StringBuilder text = new StringBuilder();
        String start = "complete -c " + RootCommand.NAME + " ";
        Map<String, CommandLine> commands = new LinkedHashMap<>(root.getSubcommands());
        commands.values()
                .removeIf(command -> command.getCommandSpec().usageMessage().hidden());
        commands.forEach((name, command) -> text.append(start)
                .append("-n __fish_use_subcommand -f -a ")
                .append(name)
                .append(" -d ")
                .append(quoted(description(command.getCommandSpec())))
                .append('\n'));
        options(text, start, root.getCommandSpec());
        for (Map.Entry<String, CommandLine> command : commands.entrySet()) {
            options(
                    text,
                    start + "-n '__fish_seen_subcommand_from " + command.getKey() + "' ",
                    command.getValue().getCommandSpec());
        }
        return text.toString();
    }

    private static void options(StringBuilder text, String start, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (option.inherited()) {
                continue;
            }
            String label = option.paramLabel();
            boolean file = label.equals("FILE");
            text.append(start)
                    .append("-l ")
                    .append(option.longestName().replaceFirst("^-+", ""))
                    .append(option.arity().max() == 0 ? "" : file ? " -r -F" : " -x")
                    .append(" -d ")
                    .append(quoted(String.join(" ", option.description())))
                    .append('\n');
        }
    }

    private static String description(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
