package io.jenkins.plugins.awssecrets.cli.setup;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.options.RootCommand;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code man-page}: the manual page, in roff, of what picocli knows of the commands; for the build of the packages. */
@Command(name = "man-page", hidden = true, description = "Prints the manual page.")
public final class ManPageCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Spec
    private CommandSpec spec;

    public ManPageCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        OutputStream out = invocation.streams().out();
        out.write(page(spec.root().commandLine()).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }

    private static String page(CommandLine root) {
        // Names of options are not hyphenated, and nothing is spaced out to fill a line.
        StringBuilder page = new StringBuilder(".TH AWS-SECRETS 1\n.nh\n.ad l\n");
        section(page, "NAME", RootCommand.NAME + " - " + description(root.getCommandSpec()));
        page.append(".SH SYNOPSIS\n.B ").append(escaped(RootCommand.NAME)).append("\n[OPTIONS] COMMAND [ARGUMENTS]\n");
        page.append(".SH OPTIONS\n");
        options(page, root.getCommandSpec().options());
        page.append(".SH COMMANDS\n");
        for (CommandLine command : root.getSubcommands().values()) {
            CommandSpec each = command.getCommandSpec();
            if (!each.usageMessage().hidden()) {
                page.append(".SS ").append(escaped(synopsis(command))).append('\n');
                page.append(escaped(description(each))).append('\n');
                each.positionalParameters().stream()
                        .filter(operand -> operand.description().length > 0)
                        .forEach(operand -> page.append(".TP\n.I ")
                                .append(escaped(operand.paramLabel()))
                                .append('\n')
                                .append(escaped(String.join(" ", operand.description())))
                                .append('\n'));
                options(
                        page,
                        each.options().stream()
                                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                                .toList());
            }
        }
        section(
                page,
                "EXIT STATUS",
                String.join(" ", root.getCommandSpec().usageMessage().footer())
                        .strip()
                        .replaceFirst("^Exit codes: ", ""));
        section(
                page,
                "ENVIRONMENT",
                "AWS_SECRETS_CONFIG: the configuration file. AWS_SECRETS_CACHE: a directory for the archive that makes"
                        + " it start fast, empty for none. The variables of the AWS SDKs and of Vault's own command"
                        + " line.");
        section(page, "FILES", "aws-secrets.yaml in the working directory: sources and credentials.");
        page.append(".SH EXAMPLES\n");
        example(page, "Print one value:", "aws-secrets get 'sm:ci/docker#password'");
        example(
                page,
                "Run a command with one value in its environment:",
                "aws-secrets exec --secret TOKEN=ssm:/ci/token -- ./deploy.sh");
        example(
                page,
                "Run a command with the fields of a credential:",
                "aws-secrets exec --credential docker-hub -- ./deploy.sh");
        return page.toString();
    }

    /** Without the options of all commands, which are described once. */
    private static String synopsis(CommandLine command) {
        String synopsis = command.getHelp().synopsis(0).replaceAll("\\s+", " ");
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.inherited()) {
                synopsis = synopsis.replace("[" + withOperand(option, option.longestName()) + "]", "");
            }
        }
        return synopsis.replaceFirst("\\[-h(\\w*)V]", "[-$1]")
                .replace("[-]", "")
                .replaceAll(" +", " ")
                .strip()
                .replaceFirst("^" + RootCommand.NAME + " ", "");
    }

    private static String withOperand(OptionSpec option, String names) {
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private static String description(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description());
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append(".SH ").append(title).append('\n').append(escaped(text)).append('\n');
    }

    private static void example(StringBuilder page, String what, String command) {
        page.append(".PP\n").append(escaped(what)).append("\n.PP\n.RS\n.nf\n");
        page.append(escaped(command)).append("\n.fi\n.RE\n");
    }

    private static void options(StringBuilder page, Collection<OptionSpec> options) {
        // In the order of their names, as the JVM lists methods in any.
        for (OptionSpec option : options.stream()
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList()) {
            if (!option.hidden()) {
                String names = String.join(", ", List.of(option.names()));
                page.append(".TP\n.B ")
                        .append(escaped(withOperand(option, names)))
                        .append('\n')
                        .append(escaped(String.join(" ", option.description())))
                        .append('\n');
            }
        }
    }

    /** A backslash, a hyphen and a line's first character mean something to roff. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
