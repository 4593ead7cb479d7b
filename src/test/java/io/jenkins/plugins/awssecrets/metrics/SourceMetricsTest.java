package io.jenkins.plugins.awssecrets.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import hudson.ExtensionList;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.DownSource;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.measurement.Operation;
import io.jenkins.plugins.awssecrets.engine.measurement.SourceCall;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.metrics.api.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SourceMetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/docker/username", "canary-robot")
            .with(SecretSeed.of("ci/found", "canary-77aa", Map.of("jenkins:credentials:type", "string"))));

    @Test
    void callsErrorsLatencyAndStatesAreMeasured(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        CatalogView view = Catalog.get().in(jenkins.jenkins);

        view.entries(PATIENCE);
        view.resolver().resolve(List.of(Reference.parse("ssm:/ci/docker/username")), Deadline.in(PATIENCE));
        backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.denied());
        view.source("sm").orElseThrow().check(Deadline.in(PATIENCE));
        backends.running().faults().inject(Service.SSM, Fault.throttled());
        view.source("ssm")
                .orElseThrow()
                .fetch(
                        List.of(Reference.parse("ssm:/ci/docker/username").locator()),
                        Deadline.in(Duration.ofSeconds(5)));

        MetricRegistry registry = Metrics.metricRegistry();
        assertThat(registry.counter("aws_secrets.source.calls.ssm.fetch").getCount())
                .isEqualTo(2);
        assertThat(registry.counter("aws_secrets.source.calls.sm.list").getCount())
                .isEqualTo(1);
        assertThat(registry.timer("aws_secrets.source.call.duration.ssm.fetch")
                        .getSnapshot()
                        .getMax())
                .isPositive();
        assertThat(registry.counter("aws_secrets.source.errors.sm.denied").getCount())
                .isEqualTo(1);
        assertThat(registry.counter("aws_secrets.source.throttles.ssm").getCount())
                .isEqualTo(1);
        assertThat(gauge(registry, "aws_secrets.source.breaker.state.sm")).isEqualTo(0);
        assertThat(gauge(registry, "aws_secrets.source.cache.secrets.sm")).isEqualTo(1);
        assertThat((Long) gauge(registry, "aws_secrets.source.cache.age.sm")).isBetween(0L, 60L);
        assertThat(jenkins.createWebClient()
                        .goTo("metrics/currentUser/metrics", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("aws_secrets.source.calls.ssm.fetch")
                .doesNotContain("canary");
    }

    @Test
    void sourceThatIsDownIsUnhealthyAndThoseThatAreGoneLeaveNoGauge(JenkinsRule jenkins) throws Exception {
        HealthCheck check = Metrics.healthCheckRegistry().getHealthCheck(SourcesHealthCheck.NAME);
        DownSource.configure();
        assertThat(check.execute().isHealthy()).isTrue();

        DownSource.callInVain(jenkins.jenkins);

        assertThat(check.execute().isHealthy()).isFalse();
        assertThat(check.execute().getMessage()).contains("source down is down");
        MetricRegistry registry = Metrics.metricRegistry();
        assertThat(gauge(registry, "aws_secrets.source.breaker.state.down")).isEqualTo(2);
        assertThat(registry.counter("aws_secrets.source.errors.down.unreachable")
                        .getCount())
                .isEqualTo(3);

        Backends.load("unclassified: {awsSecrets: {sources: []}}");
        Catalog.get().in(jenkins.jenkins);
        ExtensionList.lookupSingleton(StateMetrics.class).register(registry);

        assertThat(check.execute().isHealthy()).isTrue();
        assertThat(registry.getGauges()).doesNotContainKey("aws_secrets.source.breaker.state.down");
        assertThat(registry.getCounters()).containsKey("aws_secrets.source.errors.down.unreachable");
    }

    @Test
    void countersOfAFolderGoWithIt(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team.a");
        Folder neighbour = jenkins.createProject(Folder.class, "team.ab");
        CallMetrics metrics = ExtensionList.lookupSingleton(CallMetrics.class);
        SourceCall call = new SourceCall(
                "own",
                Operation.FETCH,
                Instant.now(),
                Duration.ofMillis(5),
                List.of(new SecretException(Problem.THROTTLED, "own", "throttled", "wait")));
        metrics.called(team, call);
        metrics.called(neighbour, call);
        MetricRegistry registry = Metrics.metricRegistry();
        assertThat(registry.getNames()).anyMatch(name -> name.contains("team_a/own"));

        team.delete();

        assertThat(registry.getNames())
                .noneMatch(name -> name.contains("team_a/own"))
                .anyMatch(name -> name.contains("team_ab/own"));

        neighbour.renameTo("renamed");

        assertThat(registry.getNames()).noneMatch(name -> name.contains("team_ab/own"));
    }

    private static Object gauge(MetricRegistry registry, String name) {
        assertThat(registry.getGauges()).containsKey(name);
        return registry.getGauges().get(name).getValue();
    }
}
