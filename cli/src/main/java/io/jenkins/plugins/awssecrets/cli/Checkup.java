package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.exec.Leases;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Checks the sources in use, in parallel, then reads each declared credential and drops its values. */
final class Checkup {
    private final Configuration configuration;
    private final Deadline deadline;
    private final ErrorReport report;

    /** @param report gets what concerns no finding: a lease that could not be ended */
    Checkup(Configuration configuration, Deadline deadline, ErrorReport report) {
        this.configuration = configuration;
        this.deadline = deadline;
        this.report = report;
    }

    List<Finding> run() throws InterruptedException {
        Map<String, SecretException> unusable = new LinkedHashMap<>();
        try (OpenSources sources = OpenSources.thatOpen(configuration, configuration.inUse(), unusable)) {
            List<Finding> findings = new ArrayList<>();
            unusable.forEach((id, why) ->
                    findings.add(new Finding("source " + id, Finding.Status.FAILED, "configuration", List.of(why))));
            findings.addAll(sources(sources));
            for (CredentialDefinition credential : configuration.credentials()) {
                findings.add(credential(credential, sources, unusable));
            }
            return findings;
        }
    }

    private List<Finding> sources(OpenSources sources) throws InterruptedException {
        Map<SecretSource, Future<List<SourceCheck>>> running = new LinkedHashMap<>();
        for (SecretSource source : sources.sources().all()) {
            running.put(source, sources.threads().submit(() -> source.check(deadline)));
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<SecretSource, Future<List<SourceCheck>>> one : running.entrySet()) {
            String subject = "source " + one.getKey().id();
            try {
                findings.add(finding(subject, one.getValue().get()));
            } catch (ExecutionException e) {
                findings.add(failed(subject, "check", e.getCause()));
            }
        }
        return findings;
    }

    private static Finding finding(String subject, List<SourceCheck> checks) {
        List<SecretException> problems =
                checks.stream().flatMap(c -> c.problem().stream()).toList();
        Finding.Status status = problems.isEmpty()
                ? Finding.Status.OK
                : checks.stream().anyMatch(c -> c.required() && !c.ok())
                        ? Finding.Status.FAILED
                        : Finding.Status.WARNING;
        return new Finding(
                subject, status, checks.stream().map(SourceCheck::what).collect(Collectors.joining(", ")), problems);
    }

    private Finding credential(
            CredentialDefinition credential, OpenSources sources, Map<String, SecretException> unusable) {
        String subject = "credential " + credential.id();
        List<SecretException> missing = credential.references().stream()
                .map(r -> r.source())
                .distinct()
                .filter(unusable::containsKey)
                .map(unusable::get)
                .toList();
        if (!missing.isEmpty()) {
            return new Finding(subject, Finding.Status.FAILED, "read", missing);
        }
        try {
            Snapshot snapshot = sources.resolve(credential.references(), deadline);
            try (Leases leases = Leases.keep(sources.sources(), snapshot, report)) {
                ResolvedCredential resolved = ResolvedCredential.of(credential, snapshot);
                return new Finding(
                        subject,
                        Finding.Status.OK,
                        "read " + String.join(", ", resolved.values().keySet()),
                        List.of());
            }
        } catch (RuntimeException e) {
            return failed(subject, "read", e);
        }
    }

    private static Finding failed(String subject, String detail, Throwable cause) {
        List<SecretException> problems = cause instanceof ResolutionException several
                ? several.failures()
                : List.of(
                        cause instanceof SecretException known
                                ? known
                                : new SecretException(
                                        Problem.INTERNAL,
                                        subject,
                                        "an unexpected " + cause.getClass().getName(),
                                        "report this as a defect"));
        return new Finding(subject, Finding.Status.FAILED, detail, problems);
    }
}
