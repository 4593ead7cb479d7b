package io.jenkins.plugins.awssecrets.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.engine.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code check --json} printed, a problem at a time. */
record CheckReport(List<Told> told) {
    /**
     * @param of the source, credential or secret it is about
     * @param statement of the least IAM policy that is missing; empty where none is
     */
    record Told(String of, String cause, String severity, Optional<Permission> permission, String statement) {}

    static CheckReport of(Cli.Result result) throws IOException {
        List<Told> told = new ArrayList<>();
        for (JsonNode examined : new ObjectMapper().readTree(result.out())) {
            for (JsonNode problem : examined.path("problems")) {
                told.add(new Told(
                        examined.path("subject").asText(),
                        problem.path("cause").asText(),
                        problem.path("severity").asText(),
                        problem.hasNonNull("action")
                                ? Optional.of(new Permission(
                                        problem.path("action").asText(),
                                        problem.path("resource").asText()))
                                : Optional.empty(),
                        problem.hasNonNull("statement")
                                ? problem.path("statement").asText()
                                : ""));
            }
        }
        return new CheckReport(told);
    }

    /** All but notes. */
    List<Told> wrong() {
        return told.stream().filter(t -> !t.severity().equals("note")).toList();
    }
}
