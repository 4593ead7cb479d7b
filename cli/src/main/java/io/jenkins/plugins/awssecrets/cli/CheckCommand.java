package io.jenkins.plugins.awssecrets.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: whether every source and every credential works, and what to mend where one does not. */
@Command(
        name = "check",
        description = "Checks that sources are reachable and credentials can be read; prints no value.")
final class CheckCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    CheckCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Finding> findings =
                new Checkup(invocation.configuration(), invocation.deadline(), invocation.report()).run();
        OutputStream out = invocation.streams().out();
        if (json) {
            new JsonReport(out).array(findings, CheckCommand::write);
        } else {
            for (Finding finding : findings) {
                out.write((ErrorReport.oneLine(line(finding)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
        List<Finding> failed = findings.stream()
                .filter(f -> f.status() == Finding.Status.FAILED)
                .toList();
        if (failed.isEmpty()) {
            return ExitCode.OK;
        }
        invocation
                .report()
                .line("check: " + failed.size() + " of " + findings.size()
                        + " failed; mend what the report marks as failed");
        return ExitCode.worst(failed.stream()
                .flatMap(f -> f.problems().stream())
                .map(ExitCode::of)
                .toList());
    }

    private static String line(Finding finding) {
        StringBuilder line = new StringBuilder(String.format("%-8s", status(finding)))
                .append(finding.subject())
                .append(": ");
        if (finding.problems().isEmpty()) {
            return line.append(finding.detail()).toString();
        }
        String separator = "";
        for (SecretException problem : finding.problems()) {
            line.append(separator).append(withoutSubject(problem.getMessage(), finding.subject()));
            separator = " | ";
        }
        return line.toString();
    }

    private static String withoutSubject(String message, String subject) {
        return message.startsWith(subject + ": ") ? message.substring(subject.length() + 2) : message;
    }

    private static void write(JsonGenerator out, Finding finding) throws IOException {
        out.writeStringField("subject", finding.subject());
        out.writeStringField("status", status(finding));
        out.writeStringField("detail", finding.detail());
        out.writeArrayFieldStart("problems");
        for (SecretException problem : finding.problems()) {
            out.writeStartObject();
            out.writeStringField("problem", problem.problem().name());
            out.writeStringField("subject", problem.subject());
            out.writeStringField("reason", problem.reason());
            out.writeStringField("mend", problem.mend());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static String status(Finding finding) {
        return finding.status().name().toLowerCase(Locale.ROOT);
    }
}
