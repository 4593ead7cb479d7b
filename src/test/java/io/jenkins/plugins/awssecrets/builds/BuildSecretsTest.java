package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.CompiledSets;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BuildSecretsTest {
    private static final Deadline DEADLINE = Deadline.in(Duration.ofMinutes(1));

    private JenkinsRule jenkins;
    private Folder folder;
    private WorkflowRun build;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        folder = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("", true));
        build = jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void idThatAFolderGivesToItsOwnSourceDoesNotMixTheTwo() {
        BuildSecrets secrets = new BuildSecrets(build, new CompiledSets(), BuildIdentities.of(build));

        assertThat(value(secrets, Catalog.get().in(jenkins.jenkins))).isEqualTo("canary-of-jenkins");
        assertThat(value(secrets, Catalog.get().in(folder))).isEqualTo("canary-of-team");
        assertThat(value(secrets, Catalog.get().in(jenkins.jenkins))).isEqualTo("canary-of-jenkins");
    }

    @Test
    void restoredSnapshotTellsTheTwoApartAndHoldsNoPlaintext() throws Exception {
        BuildSecrets first = new BuildSecrets(build, new CompiledSets(), BuildIdentities.of(build));
        value(first, Catalog.get().in(jenkins.jenkins));
        value(first, Catalog.get().in(folder));
        Counted.calls = 0;

        BuildSecrets restored = new BuildSecrets(build, new CompiledSets(), BuildIdentities.of(build));

        assertThat(value(restored, Catalog.get().in(folder))).isEqualTo("canary-of-team");
        assertThat(value(restored, Catalog.get().in(jenkins.jenkins))).isEqualTo("canary-of-jenkins");
        assertThat(Counted.calls).isZero();
        assertThat(Files.readString(build.getRootDir().toPath().resolve("aws-secrets-snapshot")))
                .doesNotContain("canary");
    }

    @Test
    void buildThatNoRestartGoesOnWithIsNotWritten() throws Exception {
        FreeStyleBuild classic = jenkins.buildAndAssertSuccess(folder.createProject(FreeStyleProject.class, "classic"));

        value(
                new BuildSecrets(classic, new CompiledSets(), BuildIdentities.of(classic)),
                Catalog.get().in(folder));

        assertThat(classic.getRootDir().toPath().resolve("aws-secrets-snapshot"))
                .doesNotExist();
    }

    @Test
    void buildsWithTheSameSecretsShareWhatIsCompiledForThemUntilTheLastOneEnds() throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, "sharing");
        job.setDefinition(new CpsFlowDefinition("semaphore 'inside'", true));
        List<WorkflowRun> running = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            WorkflowRun started = job.scheduleBuild2(0).waitForStart();
            SemaphoreStep.waitForStart("inside/" + i, started);
            BuildSecrets secrets = BuildSecrets.of(started);
            secrets.mask(List.of(SecretValue.of(value(secrets, Catalog.get().in(folder)))));
            running.add(started);
        }

        assertThat(RunningBuilds.get().compiled().size()).isEqualTo(1);

        for (int i = 1; i <= 3; i++) {
            SemaphoreStep.success("inside/" + i, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(running.get(i - 1)));
        }
        running.clear();
        Eventually.holds(() -> {
            System.gc();
            return RunningBuilds.get().compiled().size() == 0;
        });
    }

    private static String value(BuildSecrets secrets, CatalogView view) {
        Reference reference = view.parser().reference("test", "own:name");
        return secrets.resolve(view, List.of(reference), DEADLINE, "block")
                .value(reference, false, false)
                .reveal();
    }

    /** One id for two sources: one of Jenkins, one of the folder. */
    @TestExtension
    public static final class Places implements LevelProvider {
        @Override
        public Optional<LevelDefinition> definition(ItemGroup<?> place) {
            String text = "canary-of-" + (place.getFullName().isEmpty() ? "jenkins" : place.getFullName());
            return Optional.of(new LevelDefinition(
                    List.of(new LevelDefinition.Source(
                            "own", SourceKind.SECRETS_MANAGER, SourceFilter.NONE, false, () -> new Counted(text))),
                    parser -> List.of(),
                    false,
                    Duration.ofMinutes(5)));
        }
    }

    private record Counted(String text) implements SecretSource {
        private static int calls;

        @Override
        public String id() {
            return "own";
        }

        @Override
        public SourceKind kind() {
            return SourceKind.SECRETS_MANAGER;
        }

        @Override
        public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
            calls++;
            Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
            SecretPayload payload = new SecretPayload(
                    SecretPayload.Shape.TEXT,
                    SecretValue.of(text.getBytes(StandardCharsets.UTF_8)),
                    true,
                    Optional.of("1"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
            locators.forEach(locator -> outcomes.put(locator, new Outcome.Found(payload)));
            return outcomes;
        }

        @Override
        public List<SecretMetadata> list(Deadline deadline) {
            return List.of();
        }

        @Override
        public List<SourceCheck> check(Deadline deadline) {
            return List.of();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
