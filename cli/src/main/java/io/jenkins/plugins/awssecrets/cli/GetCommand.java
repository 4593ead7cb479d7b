package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code get}: one value's bytes on the standard output. */
@Command(name = "get", description = "Prints one value.")
final class GetCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            paramLabel = "REF",
            description = "<source>:<name>[?version=<v>][#<field>], such as sm:ci/docker#password.")
    private String text;

    GetCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = invocation.configuration();
        Reference reference = new DefinitionParser(configuration.kinds()).reference("reference", text);
        SecretValue value;
        try (OpenSources sources = OpenSources.forReferences(configuration, Set.of(reference))) {
            Snapshot snapshot = sources.resolve(Set.of(reference), invocation.deadline());
            value = snapshot.value(reference, true, false);
            boolean leased = snapshot.payload(reference).lease().isPresent();
            if (leased
                    && configuration.sources().get(reference.source()) instanceof SourceSpec.Vault vault
                    && vault.logsIn()) {
                invocation
                        .report()
                        .warn(reference + ": its lease ends with this program's Vault token;"
                                + " use exec, or configure a token for the source");
            }
        }
        OutputStream out = invocation.streams().out();
        out.write(value.bytes());
        if (invocation.streams().outIsTerminal()) {
            out.write('\n');
        }
        out.flush();
        return ExitCode.OK;
    }
}
