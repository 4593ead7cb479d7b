package io.jenkins.plugins.awssecrets.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RemaindersTest {
    private final LogRecorder log =
            new LogRecorder().record(Remainders.class, Level.INFO).capture(100);

    private JenkinsRule jenkins;
    private FreeStyleBuild build;
    private DumbSlave agent;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        agent = jenkins.createOnlineSlave();
    }

    @Test
    void directoryOnAnAgentThatIsAwayIsToldOnceAndRemovedByALaterTryHoweverLate() throws Exception {
        FilePath directory = directory();
        agent.getComputer().disconnect(new OfflineCause.ByCLI("away")).get();
        age("2001-01-01T00:00:00Z");
        Remainders afterYears = new Remainders();

        assertThat(afterYears.remove(build, "block")).hasSize(1);
        afterYears.retry();
        afterYears.retry();
        assertThat(told()).singleElement().asString().contains("It is tried again");
        agent.getComputer().connect(true).get();
        afterYears.retry();

        assertThat(Path.of(directory.getRemote())).doesNotExist();
        assertThat(notes()).isEmpty();
    }

    @Test
    void directoryOnAnAgentThatExistsNoLongerIsGivenUpAndTold() throws Exception {
        directory();
        jenkins.jenkins.removeNode(agent);

        assertThat(Remainders.get().remove(build, "block")).isEmpty();

        assertThat(told()).singleElement().asString().contains("is not tried again");
        assertThat(notes()).isEmpty();
    }

    @Test
    void leaseOfASourceThatExistsNoLongerIsGivenUpAndItsIdWrittenNowhere() throws Exception {
        Remainders.get()
                .lease(build, "", new Locator("gone", "db/creds", Optional.empty()), new Lease("canary", 9, true));
        assertThat(Files.readString(notes().get(0))).doesNotContain("canary");

        Remainders.get().remove(build);

        assertThat(told()).singleElement().asString().contains("the lease of gone:db/creds", "is not tried again");
        assertThat(notes()).isEmpty();
    }

    @Test
    void noteThatCannotBeReadKeepsNoOtherFromBeingRead() throws Exception {
        FilePath directory = directory();
        Files.writeString(notes().get(0).resolveSibling("0.xml"), "<broken");

        assertThat(new Remainders().remove(build, "block")).isEmpty();

        assertThat(Path.of(directory.getRemote())).doesNotExist();
    }

    private FilePath directory() throws Exception {
        FilePath workspace = agent.getRootPath().child("workspace/job");
        FilePath directory = Remainders.get().directory(build, "block", workspace);
        directory.child("file").write("canary", "UTF-8");
        return directory;
    }

    private void age(String since) throws IOException {
        Path note = notes().get(0);
        Files.writeString(
                note, Files.readString(note).replaceFirst("<since>[^<]*</since>", "<since>" + since + "</since>"));
    }

    private List<String> told() {
        return log.getMessages().stream()
                .filter(message -> message.contains("could not be removed"))
                .toList();
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> all = Files.list(jenkins.jenkins.getRootDir().toPath().resolve("aws-secrets-remainders"))) {
            return all.toList();
        }
    }
}
