package io.jenkins.plugins.awssecrets.cli.options;

import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Spelling;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: what {@code --help} shows, for those who ask for it as a command. */
@Command(name = "help", description = "Shows help, of a command where one is named.")
public final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command to show help of.")
    private String command = "";

    @Override
    public Integer call() {
        CommandLine root = spec.parent().commandLine();
        CommandLine asked = command.isEmpty() ? root : root.getSubcommands().get(command);
        if (asked == null) {
            String fix = "see " + RootCommand.NAME + " --help";
            throw new UsageException(
                    "help",
                    "unknown command",
                    Spelling.nearest(command, root.getSubcommands().keySet())
                            .map(meant -> "did you mean " + meant + "? S" + fix.substring(1))
                            .orElse(fix));
        }
        asked.usage(root.getOut());
        return 0;
    }
}
