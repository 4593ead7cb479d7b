package io.jenkins.plugins.awssecrets.cli.check;

import io.jenkins.plugins.awssecrets.cli.catalog.OpenSources;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Cause;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examination;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Finding;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Setup;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Severity;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examines what a configuration uses. */
final class Checkup {
    private final Configuration configuration;
    private final Deadline deadline;

    Checkup(Configuration configuration, Deadline deadline) {
        this.configuration = configuration;
        this.deadline = deadline;
    }

    List<Examined> run() throws InterruptedException {
        Map<String, SecretException> unusable = new LinkedHashMap<>();
        try (OpenSources sources = OpenSources.thatOpen(configuration, configuration.inUse(), unusable)) {
            Map<String, SourceFilter> filters = new LinkedHashMap<>();
            configuration.sources().values().forEach((SourceSpec spec) -> filters.put(spec.id(), spec.filter()));
            Setup setup =
                    new Setup(filters, configuration.credentials(), configuration.discovery(), unusable, Map.of());
            List<Examined> all = new ArrayList<>(ofFile());
            all.addAll(new Examination(sources.sources(), sources.threads(), setup).run(deadline));
            return all;
        }
    }

    /** What there is to tell of the configuration file. */
    private List<Examined> ofFile() {
        return configuration.notes().stream()
                .map(note -> new Examined(
                        "configuration " + note.place(),
                        "read",
                        List.of(new Finding(
                                "configuration " + note.place(),
                                Optional.empty(),
                                Cause.CONFIGURATION,
                                Severity.NOTE,
                                Cause.CONFIGURATION.problem(),
                                note.reason(),
                                note.fix(),
                                Optional.empty()))))
                .toList();
    }
}
