package io.jenkins.plugins.awssecrets.cli.setup;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.options.RootCommand;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: the script by which a shell completes commands and options. */
@Command(name = "completion", description = "Prints a shell's completion script.")
public final class CompletionCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "SHELL", completionCandidates = Shells.class, description = "bash, zsh or fish.")
    private String shell;

    /** For themselves. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }

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
            String here = start + "-n '__fish_seen_subcommand_from " + command.getKey() + "' ";
            CommandSpec spec = command.getValue().getCommandSpec();
            options(text, here, spec);
            spec.positionalParameters().stream()
                    .map(CompletionCommand::candidates)
                    .filter(words -> !words.isEmpty())
                    .forEach(words ->
                            text.append(here).append("-f").append(words).append('\n'));
        }
        return text.toString();
    }

    private static void options(StringBuilder text, String start, CommandSpec spec) {
        // In the order of their names, as the JVM lists methods in any.
        List<OptionSpec> own = spec.options().stream()
                .filter(option -> !option.inherited())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
        for (OptionSpec option : own) {
            String label = option.paramLabel();
            boolean file = label.equals("FILE");
            text.append(start)
                    .append("-l ")
                    .append(option.longestName().replaceFirst("^-+", ""))
                    .append(option.arity().max() == 0 ? "" : file ? " -r -F" : " -x" + candidates(option))
                    .append(" -d ")
                    .append(quoted(String.join(" ", option.description())))
                    .append('\n');
        }
    }

    /** The option that offers what a value may be; empty where it may be anything. */
    private static String candidates(ArgSpec argument) {
        Iterable<String> words = argument.completionCandidates();
        return words == null || !words.iterator().hasNext() ? "" : " -a " + quoted(String.join(" ", words));
    }

    private static String description(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
