package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the step view shows, and the files of a build that it is made of. */
@WithJenkins
class StepViewTest {
    private static final String SECRET = "s3cr3t&Val/ue=+1";

    @RegisterExtension
    final Backends backends = new Backends(
            Seed.empty().secret("leak/secret", SECRET).secret("leak/longer", "before-" + SECRET + "-behind"));

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("discovery: {enabled: false}\n");
    }

    @Test
    void warningsAndLabelsAreMasked() throws Exception {
        WorkflowJob job = job("""
                node {
                  withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret')]) {
                    catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE', message: "caught $S") { error 'for nothing' }
                    warnError(message: "warned of $S", catchInterruptions: false) { error 'for nothing' }
                    sh(label: "labelled $S", script: 'true')
                  }
                }
                """);
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        assertThat(texts(build, WarningAction.class, WarningAction::getMessage))
                .contains("caught ****", "warned of ****")
                .noneMatch(text -> text.contains("s3cr3t"));
        assertThat(texts(build, LabelAction.class, LabelAction::getDisplayName)).contains("labelled ****");
        assertThat(recordsWith(build, "s3cr3t")).isEmpty();
    }

    @Test
    void stagesKeepTheNamesThatOthersFindThemBy() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job("""
                withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret')]) { stage(S) { echo 'in it' } }
                """));

        assertThat(texts(build, LabelAction.class, LabelAction::getDisplayName)).contains(SECRET);
    }

    @Test
    void argumentsShowNoRestOfASecretThatContainsAnother() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job("""
                withAwsSecrets([secret(variable: 'LONG', from: 'sm:leak/longer'), secret(variable: 'IN', from: 'sm:leak/secret')]) {
                  echo "together $LONG and $IN"
                }
                withAwsSecrets([secret(variable: 'LONG', from: 'sm:leak/longer')]) {
                  withAwsSecrets([secret(variable: 'IN', from: 'sm:leak/secret')]) { echo "within $LONG and $IN" }
                }
                withAwsSecrets([secret(variable: 'IN', from: 'sm:leak/secret')]) {
                  withAwsSecrets([secret(variable: 'LONG', from: 'sm:leak/longer')]) { echo "around $LONG and $IN" }
                }
                """));

        assertThat(texts(build, ArgumentsAction.class, action -> action.getArguments()
                        .toString()))
                .filteredOn(text -> text.contains(" and "))
                .hasSize(3)
                .allMatch(text -> text.matches(".*(together|within|around) \\$\\{LONG} and \\*{4}.*"));
        assertThat(recordsWith(build, "before-")).isEmpty();
        assertThat(recordsWith(build, "-behind")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FlowDurabilityHint.class)
    void noFileOfTheBuildHoldsASecretWhileItsBlockRuns(FlowDurabilityHint durability) throws Exception {
        WorkflowJob job = job("""
                withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret')]) {
                  echo "plain $S"
                  echo "encoded ${S.bytes.encodeBase64()}"
                  try { error("failed with $S") } catch (e) { echo "caught ${e.message}" }
                  semaphore 'inside'
                }
                """);
        job.addProperty(new DurabilityHintJobProperty(durability));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        try {
            assertThat(recordsWith(build, "s3cr3t")).isEmpty();
            assertThat(recordsWith(build, "czNjcj")).isEmpty();
        } finally {
            SemaphoreStep.success("inside/1", null);
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(recordsWith(build, "s3cr3t")).isEmpty();
        assertThat(recordsWith(build, "czNjcj")).isEmpty();
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, false));
        return job;
    }

    private static <A extends hudson.model.Action> List<String> texts(
            WorkflowRun build, Class<A> type, java.util.function.Function<A, String> text) {
        return new DepthFirstScanner()
                .allNodes(build.getExecution()).stream()
                        .map((FlowNode node) -> node.getPersistentAction(type))
                        .filter(Objects::nonNull)
                        .map(text)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static List<String> recordsWith(WorkflowRun build, String text) throws IOException {
        try (Stream<Path> all = Files.walk(build.getRootDir().toPath())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(text))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
