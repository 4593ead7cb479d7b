package io.jenkins.plugins.awssecrets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

public class FirstListingsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .with(SecretSeed.of("token", "first-list-canary", Map.of("jenkins:credentials:type", "string"))));

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void listsAreThereAfterAStartBeforeAnybodyLooks() throws Throwable {
        sessions.then(jenkins -> {
            backends.configure("");
            assertThat(known("sm")).as("before anybody looked").isFalse();
        });
        sessions.then(jenkins -> {
            // The last start knew nothing, so the source was asked.
            Eventually.until(SOON, () -> known("sm"));
            assertThat(listed()).isPositive();
        });
        backends.running().requests().clear();
        sessions.then(jenkins -> {
            Eventually.until(SOON, () -> known("sm"));
            assertThat(listed())
                    .as("calls where the last start's list is there")
                    .isZero();
        });
    }

    @Test
    void sourcesThatNobodyConfiguredAreNotAsked() throws Throwable {
        sessions.then(jenkins -> assertThat(jenkins.jenkins).isNotNull());
        sessions.then(jenkins -> {
            FirstListings.prepare();
            assertThat(Catalog.get().sources())
                    .extracting(
                            SourceStatus::configured, status -> status.listing().isPresent())
                    .doesNotContain(tuple(false, true));
        });
    }

    @Test
    void secretsOfJenkinsItselfAreListedWhileJobsAreLoaded() throws Throwable {
        sessions.then(jenkins -> backends.configure(""));
        AtomicLong before = new AtomicLong();
        whenConfigured = () -> {
            Eventually.until(SOON, () -> listed() > 0);
            before.set(listed());
            return null;
        };
        try {
            sessions.then(jenkins ->
                    assertThat(before).as("calls before jobs were there").hasPositiveValue());
        } finally {
            whenConfigured = () -> null;
        }
    }

    private static volatile Callable<Void> whenConfigured = () -> null;

    @Initializer(after = InitMilestone.SYSTEM_CONFIG_ADAPTED, before = InitMilestone.JOB_LOADED)
    public static void beforeJobsAreLoaded() throws Exception {
        whenConfigured.call();
    }

    private long listed() {
        return backends.running().requests().count(Service.SECRETS_MANAGER, "ListSecrets");
    }

    private static boolean known(String source) {
        return Catalog.get().sources().stream()
                .filter(status -> status.id().equals(source) && status.owner() instanceof Jenkins)
                .flatMap(status -> status.listing().stream())
                .anyMatch(listing -> !listing.secrets().isEmpty());
    }
}
