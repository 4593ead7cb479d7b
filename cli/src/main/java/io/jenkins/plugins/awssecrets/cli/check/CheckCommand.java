package io.jenkins.plugins.awssecrets.cli.check;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.JsonReport;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Finding;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Severity;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: whether every source and every credential works, and what to fix where one does not. */
@Command(
        name = "check",
        description = "Shows what does not work, why, and how to fix it. Reads credentials; prints no value.")
public final class CheckCommand implements Callable<Integer> {
    /** Of those that the same is told of. */
    private static final int MOST_NAMED = 5;

    private final Invocation invocation;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @ArgGroup(exclusive = false)
    private OfJob ofJob;

    /** Says what the rules decide, and asks no backend. */
    static final class OfJob {
        @Option(
                names = "--job",
                paramLabel = "NAME",
                description = "Say instead which credentials the rules allow to this job of Jenkins, by its full name.")
        private String job;

        @Option(names = "--branch", paramLabel = "NAME", description = "The branch, tag or change request it builds.")
        private String branch;

        @Option(names = "--change-request", description = "What it builds is a change request (pull request).")
        private boolean changeRequest;

        @Parameters(paramLabel = "ID|REF", description = "Only these credentials and direct references.")
        private List<String> names = List.of();

        Requester requester() {
            return new Requester(job, Optional.ofNullable(branch), changeRequest);
        }
    }

    public CheckCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (ofJob != null) {
            if (ofJob.job == null || ofJob.job.isBlank()) {
                throw new UsageException(
                        "check",
                        "ids, references, a branch and a change request are for what a job may use, and no job is"
                                + " named",
                        "add --job NAME, or leave them out");
            }
            return decide(invocation.configuration());
        }
        Configuration configuration = invocation.quietConfiguration();
        Deadline deadline = invocation.deadline();
        List<Examined> all = new Checkup(configuration, deadline).run();
        MissingStatements statements = MissingStatements.of(configuration, all, deadline);
        OutputStream out = invocation.streams().out();
        if (json) {
            new JsonReport(out).array(all, (json, examined) -> write(json, examined, statements));
        } else {
            for (String line : lines(all, statements)) {
                out.write((ErrorReport.oneLine(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
        List<Examined> failed = all.stream().filter(Examined::failed).toList();
        if (failed.isEmpty()) {
            return ExitCode.OK;
        }
        invocation
                .report()
                .line("check: " + failed.size() + " of " + all.size() + " failed. Fix what the report marks as failed");
        return ExitCode.worst(failed.stream()
                .flatMap(e -> e.findings().stream())
                .filter(f -> f.severity() == Severity.FAILED)
                .map(f -> ExitCode.of(f.problem()))
                .toList());
    }

    private int decide(Configuration configuration) throws IOException {
        JobCheck check = new JobCheck(configuration);
        Requester who = ofJob.requester();
        List<JobCheck.Row> rows =
                new ArrayList<>(ofJob.names.isEmpty() ? check.credentials(who) : check.named(ofJob.names, who));
        rows.addAll(check.identities(ofJob.names, who));
        OutputStream out = invocation.streams().out();
        if (json) {
            new JsonReport(out).array(rows, CheckCommand::write);
        } else {
            for (JobCheck.Row row : rows) {
                out.write((ErrorReport.oneLine(line(row)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
        // Without names it is a survey, of which a refusal is no failure.
        boolean failed = !ofJob.names.isEmpty()
                && rows.stream().anyMatch(row -> !row.decision().allows());
        return failed ? ExitCode.of(Problem.REFUSED) : ExitCode.OK;
    }

    private static String line(JobCheck.Row row) {
        return String.format("%-8s", row.decision().allows() ? "allowed" : "refused")
                + row.subject() + ": " + row.decision().reason()
                + row.decision().refusal().map(why -> "; " + why.fix()).orElse("");
    }

    private static void write(JsonGenerator out, JobCheck.Row row) throws IOException {
        out.writeStringField("subject", row.subject());
        out.writeBooleanField("allowed", row.decision().allows());
        out.writeStringField("reason", row.decision().reason());
        out.writeObjectField(
                "fix", row.decision().refusal().map(SecretException::fix).orElse(null));
    }

    /** What is told of one subject, or of several alike. */
    private record Line(String status, String told, List<String> subjects) {
        @Override
        public String toString() {
            String shown = subjects.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            int more = subjects.size() - MOST_NAMED;
            return String.format("%-8s", status) + shown + (more > 0 ? " and " + more + " more" : "") + ": " + told;
        }
    }

    /** Of which the same is to be told is one line, in the place of the first. */
    private List<String> lines(List<Examined> all, MissingStatements statements) {
        Map<List<String>, Line> lines = new LinkedHashMap<>();
        for (Examined examined : all) {
            String status = status(examined);
            String told = told(examined, statements);
            List<String> alike = examined.findings().isEmpty() ? List.of(examined.subject()) : List.of(status, told);
            lines.computeIfAbsent(alike, a -> new Line(status, told, new ArrayList<>()))
                    .subjects()
                    .add(examined.subject());
        }
        return lines.values().stream().map(Line::toString).toList();
    }

    private String told(Examined examined, MissingStatements statements) {
        if (examined.findings().isEmpty()) {
            return examined.detail();
        }
        // One cause is told once, with all that it concerns.
        Map<String, Set<String>> causes = new LinkedHashMap<>();
        for (Finding finding : examined.findings()) {
            String explanation = finding.explanation()
                    + statements
                            .sid(finding)
                            .map(sid -> " (statement " + sid + " of policy)")
                            .orElse("")
                    + (finding.problem() == Problem.TIMEOUT ? invocation.limit() : "");
            causes.computeIfAbsent(explanation, e -> new LinkedHashSet<>()).add(finding.subject());
        }
        return causes.entrySet().stream()
                .map(cause -> about(cause.getValue(), examined.subject()) + cause.getKey())
                .collect(Collectors.joining(" | "));
    }

    private static String about(Set<String> concerned, String subject) {
        boolean same = concerned.stream().allMatch(one -> subject.equals(one) || subject.equals("secret " + one));
        return same ? "" : String.join(", ", concerned) + ": ";
    }

    private static void write(JsonGenerator out, Examined examined, MissingStatements statements) throws IOException {
        out.writeStringField("subject", examined.subject());
        out.writeStringField("status", status(examined));
        out.writeStringField("detail", examined.detail());
        out.writeArrayFieldStart("problems");
        for (Finding finding : examined.findings()) {
            out.writeStartObject();
            out.writeStringField("cause", finding.cause().word());
            out.writeStringField("severity", word(finding.severity()));
            out.writeStringField("problem", finding.problem().name());
            out.writeStringField("subject", finding.subject());
            out.writeObjectField("source", finding.source().orElse(null));
            out.writeStringField("reason", finding.reason());
            out.writeStringField("fix", finding.fix());
            out.writeObjectField(
                    "action", finding.permission().map(p -> p.action()).orElse(null));
            out.writeObjectField(
                    "resource", finding.permission().map(p -> p.resource()).orElse(null));
            out.writeObjectField("statement", statements.sid(finding).orElse(null));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static String status(Examined examined) {
        return examined.worst().map(CheckCommand::word).orElse("ok");
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
