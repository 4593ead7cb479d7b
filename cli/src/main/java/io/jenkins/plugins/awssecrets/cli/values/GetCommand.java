package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.catalog.OpenSources;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}: one value's bytes on the standard output, or several values in a format. */
@Command(name = "get", description = "Prints one value, or several in a format.")
public final class GetCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            paramLabel = "REF",
            arity = "0..*",
            description = "<source>:<name>[?version=<v>][#<field>], such as sm:ci/docker#password.")
    private List<String> references = new ArrayList<>();

    @Option(
            names = "--credential",
            paramLabel = "ID[#FIELD]",
            description = "A credential's field in place of a reference; without FIELD its only secret one.")
    private List<String> credentials = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = ValuesFormat.Words.class,
            description = "raw (one value), lines, nul (each value ends with a NUL byte) or json.")
    private String format = "raw";

    public GetCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        ValuesFormat values = new ValuesFormat.Words().named(format);
        int asked = references.size() + credentials.size();
        if (asked == 0) {
            throw new UsageException("get", "missing: REF", "see aws-secrets get --help");
        }
        if (asked > 1 && values == ValuesFormat.RAW) {
            throw new UsageException(
                    "get", "several values, and nothing says how to part them", "add --format lines, nul or json");
        }
        Configuration configuration = invocation.configuration();
        List<WantedValue> wanted = new ArrayList<>();
        references.forEach(text -> wanted.add(WantedValue.ofReference(configuration, text)));
        CredentialLookup lookup = new CredentialLookup(configuration, invocation);
        credentials.forEach(text -> wanted.add(WantedValue.ofCredential(lookup, text)));
        Set<Reference> all = new LinkedHashSet<>();
        wanted.forEach(one -> all.addAll(one.references()));
        Map<String, SecretValue> read = new LinkedHashMap<>();
        try (OpenSources sources = OpenSources.forReferences(configuration, all)) {
            Snapshot snapshot = sources.resolve(all, invocation.deadline());
            wanted.forEach(one -> read.put(one.name(), one.of(snapshot)));
            warnOfLeases(configuration, invocation, snapshot, all, "use exec");
        }
        OutputStream out = invocation.streams().out();
        values.write(read, out, invocation.streams().outIsTerminal());
        out.flush();
        return ExitCode.OK;
    }

    /** @param fix the way that keeps a lease alive */
    static void warnOfLeases(
            Configuration configuration, Invocation invocation, Snapshot snapshot, Set<Reference> all, String fix) {
        for (Reference reference : all) {
            if (snapshot.payload(reference)
                            .lease()
                            .filter(lease -> !lease.isCertificate())
                            .isPresent()
                    && configuration.sources().get(reference.source()) instanceof SourceSpec.Vault vault
                    && vault.logsIn()) {
                invocation
                        .report()
                        .warn(reference + ": its lease ends with this program's Vault token;" + " " + fix
                                + ", or configure a token for the source");
            }
        }
    }
}
