package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import hudson.model.Slave;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What agents that write to the log learn, what they need for it, and what one that hangs holds up. */
@WithJenkins
class AgentKnowledgeTest {
    /** Put together here: agents load this class, and its constants with it. */
    private static final String HERE = String.join("-", "canary", "here", "51");

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/here", HERE).secret("ci/there", "canary-there-52"));

    @TempDir
    Path directory;

    private final boolean watching = DurableTaskStep.USE_WATCHING;
    private JenkinsRule jenkins;

    @BeforeEach
    void watch(JenkinsRule rule) throws Exception {
        jenkins = rule;
        DurableTaskStep.USE_WATCHING = true;
        backends.configure("discovery: {enabled: false}\n");
    }

    @AfterEach
    void watchAsBefore() {
        DurableTaskStep.USE_WATCHING = watching;
    }

    @Test
    void agentThatWritesToTheLogLearnsNoSecretThatIsNotUsedThere() throws Exception {
        Slave agent = jenkins.createOnlineSlave(jenkins.jenkins.getLabelAtom("remote"));
        WorkflowRun build = job("""
            withAwsSecrets([secret(variable: 'HERE', from: 'sm:ci/here')]) {
              node('remote') {
                withEnv(['HERE=']) { sh 'echo logged there' }
                semaphore 'logged'
              }
              echo "used $HERE"
            }
            """).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("logged/1", build);
        Path heap = directory.resolve("agent.hprof");
        agent.getChannel().call(new DumpHeap(heap.toString()));
        SemaphoreStep.success("logged/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(JenkinsRule.getLog(build)).contains("logged there", "used ****");
        String dump = Files.readString(heap, StandardCharsets.ISO_8859_1);
        assertThat(dump.contains("logged there")).isTrue();
        assertThat(dump.contains(HERE)).isFalse();
    }

    @Test
    void agentWithoutAnyEllipticCurveLosesNoOutput() throws Exception {
        Slave agent = jenkins.createOnlineSlave(jenkins.jenkins.getLabelAtom("fips"));
        assertThat(agent.getChannel().call(new WithoutCurves())).isEmpty();

        WorkflowRun without = jenkins.buildAndAssertSuccess(job("node('fips') { sh 'echo nothing to hide' }"));
        WorkflowRun with = jenkins.buildAndAssertSuccess(job("""
            node('fips') {
              withAwsSecrets([secret(variable: 'THERE', from: 'sm:ci/there')]) { sh 'set +x; echo "it is $THERE."' }
            }
            """));

        assertThat(JenkinsRule.getLog(without)).contains("nothing to hide");
        assertThat(JenkinsRule.getLog(with)).contains("it is ****.").doesNotContain("canary-");
    }

    @Test
    void agentThatDoesNotAnswerHoldsUpNoBlockAndShowsNoSecretWhenItIsBack() throws Exception {
        Slave agent = jenkins.createOnlineSlave(jenkins.jenkins.getLabelAtom("remote"));
        long process = agent.getChannel().call(new ProcessId());
        Path value = directory.resolve("value");
        WorkflowRun build = job("""
            parallel(
              hanging: {
                node('remote') { sh 'set +x; echo began; while [ ! -f %1$s ]; do sleep 0.2; done; echo "it sees $(cat %1$s)"' }
              },
              other: {
                semaphore 'stopped'
                withAwsSecrets([secret(variable: 'HERE', from: 'sm:ci/here')]) {
                  echo "bound $HERE"
                  semaphore 'bound'
                }
              })
            """.formatted(value)).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("stopped/1", build);
        jenkins.waitForMessage("began", build);
        signal("STOP", process);
        // So that this fails rather than hangs where the agent is waited for.
        Future<?> lastResort = Timer.get().schedule(() -> signal("CONT", process), 60, TimeUnit.SECONDS);
        try {
            SemaphoreStep.success("stopped/1", null);
            long asked = System.nanoTime();
            SemaphoreStep.waitForStart("bound/1", build);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked))
                    .isLessThan(30);
            Files.writeString(value, HERE);
        } finally {
            lastResort.cancel(false);
            signal("CONT", process);
        }
        jenkins.waitForMessage("it sees", build);
        SemaphoreStep.success("bound/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(JenkinsRule.getLog(build))
                .contains("bound ****", "it sees ****")
                .doesNotContain("canary-");
    }

    private static Void signal(String name, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, "" + process).start().waitFor())
                .isZero();
        return null;
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static final class DumpHeap extends MasterToSlaveCallable<Void, IOException> {
        private static final long serialVersionUID = 1L;

        private final String file;

        DumpHeap(String file) {
            this.file = file;
        }

        @Override
        public Void call() throws IOException {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file, false);
            return null;
        }
    }

    /** Removes every provider that has a curve, as a JVM in FIPS mode has none or others. */
    private static final class WithoutCurves extends MasterToSlaveCallable<HashSet<String>, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public HashSet<String> call() {
            for (Provider provider : Security.getProviders()) {
                if (provider.getServices().stream().anyMatch(service -> isCurve(service.getAlgorithm()))) {
                    Security.removeProvider(provider.getName());
                }
            }
            HashSet<String> left = new HashSet<>(Security.getAlgorithms("KeyAgreement"));
            left.removeIf(algorithm -> !isCurve(algorithm));
            return left;
        }

        private static boolean isCurve(String algorithm) {
            return List.of("X25519", "XDH", "ECDH", "EC").contains(algorithm.toUpperCase(Locale.ROOT));
        }
    }

    private static final class ProcessId extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }
}
