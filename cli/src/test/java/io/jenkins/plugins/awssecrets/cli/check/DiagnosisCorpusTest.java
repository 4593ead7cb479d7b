package io.jenkins.plugins.awssecrets.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.engine.diagnosis.BrokenSetup;
import io.jenkins.plugins.awssecrets.engine.diagnosis.BrokenSetup.Expected;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every broken set-up of the corpus, through the program. */
@Timeout(300)
class DiagnosisCorpusTest {
    @TempDir
    Path directory;

    static Stream<BrokenSetup> corpus() {
        return BrokenSetup.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void namesTheCauseAndTheFixAndNothingElse(BrokenSetup setup) throws IOException {
        // Clients go on trying a backend that throttles or is down, and a slow machine needs time for all others.
        String timeout = setup.isDown() ? "3" : "60";
        Cli.Result result;
        Cli.Result inLines;
        try (DemoBackends backends = setup.start()) {
            String config = Files.writeString(directory.resolve("aws-secrets.yaml"), setup.configuration(backends))
                    .toString();
            result = Cli.run("--config", config, "--timeout", timeout, "check", "--json");
            inLines = Cli.run("--config", config, "--timeout", timeout, "check");
        }

        List<Told> told = told(result.out());
        List<Expected> expected = setup.expected();
        assertThat(expected).isNotEmpty();
        assertThat(told.stream().filter(t -> !t.severity().equals("note")).map(Told::key))
                .as("what fails and warns in%n%s", result.out())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(e -> !e.severity().equals("note"))
                        .map(Expected::key)
                        .toList());
        for (Expected each : expected) {
            assertThat(told).as("one that is %s in%n%s", each, result.out()).anyMatch(t -> t.is(each));
        }
        assertThat(told).allSatisfy(t -> assertThat(t.fix()).isNotBlank());
        boolean fails = expected.stream().anyMatch(e -> e.severity().equals("failed"));
        assertThat(result.status() != 0).isEqualTo(fails);
        assertThat(inLines.status()).isEqualTo(result.status());
        assertThat(result.all() + inLines.all()).doesNotContainIgnoringCase("canary");
    }

    @Test
    void coversEveryCauseThatAPersonCanFix() {
        Set<String> covered = BrokenSetup.all().stream()
                .flatMap(setup -> setup.expected().stream())
                .map(Expected::cause)
                .collect(Collectors.toSet());

        assertThat(BrokenSetup.all()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(BrokenSetup.all()).allSatisfy(setup -> assertThat(setup.expected())
                .as(setup.name())
                .isNotEmpty()
                .noneMatch(e -> e.fix().isBlank()));
        assertThat(covered)
                .containsAll(Arrays.stream(Cause.values())
                        .filter(c -> c != Cause.OTHER && c != Cause.MALFORMED && c != Cause.TIMED_OUT)
                        // Of the file itself, which each set-up here has its own of: CheckCommandTest.
                        .filter(c -> c != Cause.CONFIGURATION)
                        .map(Cause::word)
                        .toList());
        assertThat(BrokenSetup.all()).anyMatch(setup -> setup.expected().size() >= 3);
    }

    private record Told(
            String of, String cause, String severity, String text, String fix, String action, String resource) {
        String key() {
            return severity + " " + of + ": " + cause;
        }

        boolean is(Expected expected) {
            return key().equals(expected.key())
                    && fix.contains(expected.fix())
                    && expected.action().map(action::equals).orElse(true)
                    && expected.resource().map(resource::equals).orElse(true)
                    && expected.says().stream().allMatch(text::contains);
        }
    }

    private static List<Told> told(String json) throws IOException {
        List<Told> told = new ArrayList<>();
        for (JsonNode examined : new ObjectMapper().readTree(json)) {
            for (JsonNode problem : examined.path("problems")) {
                told.add(new Told(
                        examined.path("subject").asText(),
                        problem.path("cause").asText(),
                        problem.path("severity").asText(),
                        problem.path("reason").asText() + "; "
                                + problem.path("fix").asText(),
                        problem.path("fix").asText(),
                        problem.path("action").asText(),
                        problem.path("resource").asText()));
            }
        }
        return told;
    }
}
