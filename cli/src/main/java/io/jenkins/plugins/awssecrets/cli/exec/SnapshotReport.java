package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.FileFailure;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What each source gave, without values: a line a secret, its fields parted by tabs, under a line of their names. Empty
 * is what a source does not tell.
 */
final class SnapshotReport {
    private static final List<String> HEADS = List.of("secret", "kind", "version", "stages", "changed", "lease");

    private final Configuration configuration;

    SnapshotReport(Configuration configuration) {
        this.configuration = configuration;
    }

    /** @throws UsageException when the file cannot be written */
    void write(Path file, Snapshot snapshot) {
        StringBuilder text = new StringBuilder(line(HEADS));
        for (Map.Entry<Locator, SecretPayload> read : snapshot.payloads().entrySet()) {
            text.append(line(cells(read.getKey(), read.getValue())));
        }
        try {
            Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UsageException(
                    "option --report",
                    "its file " + FileFailure.reason(file, e),
                    "use one that you may write, in a directory that exists");
        }
    }

    private List<String> cells(Locator locator, SecretPayload payload) {
        return List.of(
                locator.toString(),
                configuration.sources().get(locator.source()).kind().symbol(),
                payload.version().orElse(""),
                String.join(",", payload.stages()),
                payload.changed().map(Object::toString).orElse(""),
                payload.lease().map(lease -> lease.seconds() + " s").orElse(""));
    }

    private static String line(List<String> cells) {
        // A name with a tab or a line end in it would make two fields of one.
        return cells.stream().map(ErrorReport::oneLine).collect(Collectors.joining("\t", "", "\n"));
    }
}
