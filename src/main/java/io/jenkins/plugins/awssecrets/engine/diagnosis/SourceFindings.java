package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects what is found out about each source as a whole. */
final class SourceFindings {
    private final Setup setup;
    private final Map<String, List<SourceCheck>> checks = new LinkedHashMap<>();
    private final Map<String, List<Told>> told = new LinkedHashMap<>();
    private final Map<String, List<Finding>> findings = new LinkedHashMap<>();

    private record Told(SecretException why, Severity severity) {}

    SourceFindings(Setup setup) {
        this.setup = setup;
        setup.unusable().forEach((id, why) -> add(id, why, Severity.FAILED));
    }

    void checked(SourceCalls.Answers<List<SourceCheck>> answers) {
        answers.failed().forEach((id, why) -> {
            checks.put(id, List.of());
            add(id, why, Severity.FAILED);
        });
        answers.given().forEach((id, steps) -> {
            checks.put(id, steps);
            steps.forEach(step -> step.problem()
                    .filter(why -> !isDeniedProbe(step, why))
                    .ifPresent(why -> add(id, why, severity(id, step))));
        });
    }

    /** Reading a name of the test's own may be denied where all that credentials refer to is allowed. */
    private static boolean isDeniedProbe(SourceCheck step, SecretException why) {
        return !step.required() && step.what().equals("read") && why.problem() == Problem.DENIED;
    }

    /** Without discovery nobody lists; and who may read what references name needs to read nothing else. */
    private Severity severity(String source, SourceCheck step) {
        if (step.required()) {
            return Severity.FAILED;
        }
        return step.what().startsWith("list") && setup.discovers(source) ? Severity.WARNING : Severity.NOTE;
    }

    void add(String source, SecretException why, Severity severity) {
        told.computeIfAbsent(source, s -> new ArrayList<>()).add(new Told(why, severity));
    }

    void addAll(String source, List<Finding> more) {
        findings.computeIfAbsent(source, s -> new ArrayList<>()).addAll(more);
    }

    /** Why a source is of no use at all. */
    Optional<SecretException> down(String source) {
        return told.getOrDefault(source, List.of()).stream()
                .filter(t -> t.severity() == Severity.FAILED)
                .map(Told::why)
                .findFirst();
    }

    /** Sources that could not be made first. */
    List<Examined> examined(CauseFinder causes) {
        List<Examined> all = new ArrayList<>();
        setup.unusable().keySet().forEach(id -> all.add(new Examined("source " + id, "configuration", of(id, causes))));
        checks.forEach((id, steps) -> all.add(new Examined(
                "source " + id,
                steps.isEmpty()
                        ? "check"
                        : steps.stream().map(SourceCheck::what).collect(Collectors.joining(", ")),
                of(id, causes))));
        return all;
    }

    /** The same permission may have been missed at several steps, and the worst of them is told. */
    private List<Finding> of(String id, CauseFinder causes) {
        Map<String, Finding> distinct = new LinkedHashMap<>();
        told.getOrDefault(id, List.of()).forEach(t -> add(distinct, causes.ofSource(id, t.why(), t.severity())));
        findings.getOrDefault(id, List.of()).forEach(f -> add(distinct, f));
        return List.copyOf(distinct.values());
    }

    private static void add(Map<String, Finding> distinct, Finding finding) {
        String key = finding.permission().map(Object::toString).orElseGet(finding::message);
        distinct.merge(key, finding, (a, b) -> a.severity().compareTo(b.severity()) >= 0 ? a : b);
    }
}
