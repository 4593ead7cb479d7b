package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Rotation, many bindings, and many builds at once. */
@WithJenkins
class BlockScaleTest {
    private static final int BINDINGS = 50;
    private static final int BUILDS = 200;

    @RegisterExtension
    final Backends backends = new Backends(seed());

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("discovery: {enabled: false}\n");
    }

    @Test
    void rotationInTheMiddleOfABuildNeverMixesVersions() throws Exception {
        WorkflowJob job = job("""
            withAwsSecrets([secret(variable: 'A', from: 'sm:rot/db#username')]) {
              semaphore 'rotate'
              withAwsSecrets([secret(variable: 'B', from: 'sm:rot/db#password')]) {
                echo "user ${A.reverse().take(3).reverse()} with ${B.reverse().take(3).reverse()}"
              }
            }
            withAwsSecrets([secret(variable: 'B', from: 'sm:rot/db#password')]) {
              echo "later ${B.reverse().take(3).reverse()}"
            }
            """);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("rotate/1", build);
        rotate();
        SemaphoreStep.success("rotate/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(JenkinsRule.getLog(build)).contains("user one with one", "later one");
        assertThat(backends.running().requests().to(Service.SECRETS_MANAGER).stream()
                        .filter(request -> request.names().contains("rot/db"))
                        .filter(request -> !request.operation().startsWith("Put")))
                .hasSize(1);

        SemaphoreStep.success("rotate/2", null);
        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job))).contains("user two with two", "later two");
    }

    @Test
    void fiftyBindingsAreOneBatchASource() throws Exception {
        String bindings = IntStream.range(0, BINDINGS)
                .mapToObj(i ->
                        "secret(variable: 'V" + i + "', from: '" + (i % 2 == 0 ? "ssm:/many/" : "sm:many/") + i + "')")
                .collect(Collectors.joining(",\n"));
        String sum = IntStream.range(0, BINDINGS).mapToObj(i -> "V" + i).collect(Collectors.joining(", "));
        WorkflowRun build = jenkins.buildAndAssertSuccess(
                job("withAwsSecrets([\n" + bindings + "\n]) {\n echo \"count ${[" + sum + "].toSet().size()}\"\n}"));

        jenkins.assertLogContains("count 50", build);
        assertThat(backends.running().requests().count(Service.SSM, "GetParameters"))
                .isEqualTo(3);
        assertThat(backends.running().requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .isEqualTo(2);
        assertThat(backends.running().requests().all()).hasSize(5);
    }

    @Test
    void twoHundredBuildsAtOnceAgainstSlowSourcesBlockNoPipelineThread() throws Exception {
        Duration latency = Duration.ofSeconds(3);
        backends.running().faults().inject(Service.SSM, Fault.latency(latency));
        backends.running().faults().inject(Service.SECRETS_MANAGER, Fault.latency(latency));
        WorkflowJob job = job("""
            parallel([1, 2].collectEntries { branch -> ["b$branch", {
              withAwsSecrets([secret(variable: 'A', from: 'sm:many/1'), secret(variable: 'B', from: 'ssm:/many/0')]) {
                echo "bound ${A.length()} ${B.length()}"
              }
            }] })
            """);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("n")));
        for (int i = 0; i < BUILDS; i++) {
            job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("n", "" + i)));
        }
        int looks = 0;
        long end = System.nanoTime() + Duration.ofMinutes(8).toNanos();
        while (job.getLastBuild() == null
                || job.getLastBuild().getNumber() < BUILDS
                || job.getBuilds().stream().anyMatch(WorkflowRun::isLogUpdated)) {
            assertNoPipelineThreadWaits();
            looks++;
            assertThat(System.nanoTime()).as("no deadlock").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        for (WorkflowRun build : job.getBuilds()) {
            jenkins.assertBuildStatusSuccess(build);
            jenkins.assertLogContains("bound 8 8", build);
        }
        assertThat(looks).isGreaterThan(20);
        assertThat(backends.running().requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue")
                        + backends.running().requests().count(Service.SECRETS_MANAGER, "GetSecretValue"))
                .isLessThanOrEqualTo(BUILDS);
        assertThat(backends.running().requests().count(Service.SSM, "GetParameters"))
                .isLessThanOrEqualTo(BUILDS);
    }

    /** A thread that runs a program must never be seen inside of what waits for a source or an agent. */
    private static void assertNoPipelineThreadWaits() {
        for (StackTraceElement[] frames : Thread.getAllStackTraces().values()) {
            if (Arrays.stream(frames)
                    .anyMatch(frame -> frame.getClassName().equals("org.jenkinsci.plugins.workflow.cps.CpsThread"))) {
                assertThat(frames).noneMatch(BlockScaleTest::mayWait);
            }
        }
    }

    private static boolean mayWait(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("io.jenkins.plugins.awssecrets.engine.resolve")
                || name.startsWith("io.jenkins.plugins.awssecrets.engine.source")
                || name.startsWith("io.jenkins.plugins.awssecrets.catalog")
                // Whether a block is free is a look at what is in memory.
                || name.equals("io.jenkins.plugins.awssecrets.step.SecretBlock")
                        && !frame.getMethodName().equals("isFree");
    }

    private void rotate() {
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .endpointOverride(backends.running().secretsManager())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("demo", "demo")))
                .build()) {
            client.putSecretValue(request -> request.secretId("rot/db").secretString(pair("two")));
        }
    }

    private static String pair(String version) {
        return "{\"username\": \"canary-user-" + version + "\", \"password\": \"canary-pass-" + version + "\"}";
    }

    private static Seed seed() {
        Seed seed = Seed.empty().secret("rot/db", pair("one"));
        for (int i = 0; i < BINDINGS; i++) {
            String value = "value-" + (10 + i);
            seed = i % 2 == 0 ? seed.secureParameter("/many/" + i, value) : seed.secret("many/" + i, value);
        }
        return seed;
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, false));
        return job;
    }
}
