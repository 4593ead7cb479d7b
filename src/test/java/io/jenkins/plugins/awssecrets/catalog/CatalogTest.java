package io.jenkins.plugins.awssecrets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.DownSource;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CatalogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/docker/username", "robot")
            .secret("ci/docker", "{\"password\": \"canary-9f1c\"}")
            .with(SecretSeed.of("ci/found", "canary-77aa", Map.of("jenkins:credentials:type", "string"))));

    @Test
    void declaredCredentialIsFoundWithoutACall(JenkinsRule jenkins) throws Exception {
        backends.configure("""
                credentials:
                  - usernamePassword: {id: docker, username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
                discovery: {enabled: false}
                """);

        assertThat(Catalog.get().in(jenkins.jenkins).find("docker", PATIENCE))
                .hasValueSatisfying(entry -> assertThat(entry.discovered()).isFalse());
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void taggedSecretIsDiscovered(JenkinsRule jenkins) throws Exception {
        backends.configure("");

        assertThat(Catalog.get().in(jenkins.jenkins).find("ci/found", PATIENCE))
                .hasValueSatisfying(entry -> assertThat(entry.discovered()).isTrue());
    }

    @Test
    void lookingHowSourcesStandAsksNobody(JenkinsRule jenkins) throws Exception {
        backends.configure("");

        assertThat(Catalog.get().in(jenkins.jenkins).sources())
                .extracting(SourceStatus::id, SourceStatus::owner, SourceStatus::breaker, SourceStatus::listing)
                .contains(tuple("sm", jenkins.jenkins, Optional.empty(), Optional.empty()));
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void sourceThatIsDownIsSeenAndNoLongerCalled(JenkinsRule jenkins) throws Exception {
        DownSource.configure();

        DownSource.callInVain(jenkins.jenkins);

        assertThat(Catalog.get().sources())
                .filteredOn(source -> source.id().equals("down"))
                .singleElement()
                .satisfies(source -> {
                    Breaker.State state = source.breaker().orElseThrow();
                    assertThat(state.phase()).isEqualTo(Breaker.Phase.OPEN);
                    assertThat(state.lastProblem()).isPresent();
                });
    }
}
