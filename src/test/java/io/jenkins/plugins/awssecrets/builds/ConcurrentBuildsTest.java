package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Builds of ten identities that all run at once and ask AWS and Vault for the same names, each as itself. Whose session
 * each read came in is seen at the wire.
 */
@WithJenkins
class ConcurrentBuildsTest {
    private static final int IDENTITIES = 10;
    private static final int BUILDS = 20 * IDENTITIES;
    private static final String SCRIPT = """
        semaphore 'begun'
        withAwsSecrets([
            secret(variable: 'A', from: 'own:/ci/a'),
            secret(variable: 'B', from: 'own:/ci/b'),
            secret(variable: 'V', from: 'vault:secret/ci#v')]) {
          semaphore 'inside'
        }
        withAwsSecrets([secret(variable: 'A', from: 'own:/ci/a'), secret(variable: 'V', from: 'vault:secret/ci#v')]) {}
        """;

    @RegisterExtension
    private final Backends backends = new Backends(Seed.parse("""
        aws:
          accessKeys: [{ id: AKIACONTROLLER, secret: controller-key, user: jenkins, policies: [none] }]
          roles: [{ arn: "%s", trusts: ["arn:aws:iam::123456789012:user/jenkins"] }]
          policies: { none: [] }
        ssm: [{ name: /ci/a, value: one }, { name: /ci/b, value: two }]
        vault:
          tokens: [{ id: maker, policies: [maker] }]
          tokenRoles: { jenkins: { allowedPoliciesGlob: ["jenkins-*"], orphan: true } }
          policies:
            maker: [{ path: auth/token/create/jenkins, capabilities: [update] }]
        %s
          mounts: [{ path: secret, secrets: [{ path: ci, data: { v: three } }] }]
        """.formatted(AwsForBuilds.ROLE, policies())));

    private JenkinsRule jenkins;

    private static String policies() {
        StringBuilder policies = new StringBuilder();
        for (int i = 0; i < IDENTITIES; i++) {
            policies.append("    jenkins-team" + i + ": [{ path: secret/data/ci, capabilities: [read] }]\n");
        }
        return policies.toString();
    }

    @Test
    void eachReadsInItsOwnSessionWhichIsOverWithIt(JenkinsRule rule) throws Exception {
        jenkins = rule;
        configure();
        List<WorkflowJob> jobs = new ArrayList<>();
        for (int i = 0; i < IDENTITIES; i++) {
            jobs.add(job(rule.createProject(Folder.class, "team" + i)));
        }
        List<QueueTaskFuture<WorkflowRun>> scheduled = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            scheduled.add(jobs.get(i % IDENTITIES)
                    .scheduleBuild2(0, new ParametersAction(new StringParameterValue("number", "" + i))));
        }
        List<WorkflowRun> builds = new ArrayList<>();
        for (QueueTaskFuture<WorkflowRun> build : scheduled) {
            builds.add(build.waitForStart());
        }
        passTogether("begun");
        passTogether("inside");
        for (WorkflowRun build : builds) {
            rule.assertBuildStatusSuccess(rule.waitForCompletion(build));
        }

        Map<String, Integer> oneEach = new HashMap<>();
        builds.forEach(build -> oneEach.put(name(build), 1));
        String session = "arn:aws:sts::123456789012:assumed-role/build/";
        assertThat(callers(Service.SSM, "GetParameters")).isEqualTo(with(session, oneEach));
        assertThat(callers(Service.STS, "AssumeRole"))
                .isEqualTo(Map.of("arn:aws:iam::123456789012:user/jenkins", BUILDS));
        assertThat(backends.running().requests().to(Service.STS))
                .extracting(login -> login.details().get("jenkins-folder") + "-web-")
                .allSatisfy(folder -> assertThat(folder).matches("team\\d-web-"))
                .containsExactlyInAnyOrderElementsOf(builds.stream()
                        .map(build -> name(build).replaceFirst("\\d+$", ""))
                        .toList());
        assertThat(callers(Service.VAULT, "read")).isEqualTo(with("token-jenkins-", oneEach));
        assertThat(callers(Service.VAULT, "token")).isEqualTo(Map.of("token", BUILDS));

        Eventually.holds(
                () -> builds.stream().noneMatch(build -> Remainders.get().isLeft(build)));
        Eventually.holds(() -> builds.stream()
                .noneMatch(build -> RunningBuilds.get().known(build).isPresent()));
        assertThat(callers(Service.VAULT, "revoke-self")).isEqualTo(with("token-jenkins-", oneEach));
        Eventually.holds(() -> threadsOfSessions().isEmpty());
    }

    private void configure() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                defaultSources: false
                sources:
                  - %s
                  - vault:
                      id: vault
                      url: "%s"
                      auth: {token: {token: maker}}
                      perBuild: {policies: ["jenkins-^${folder}"], ttl: 1h, tokenRole: jenkins}
                      allow: [{names: ["**"]}]
            """.formatted(
                        AwsForBuilds.source(backends.running(), AwsForBuilds.BY_ROLE, "/**"),
                        backends.running().vault()));
    }

    private static WorkflowJob job(Folder team) throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        // Without one that differs, the queue takes builds of a job for the same.
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("number", "")));
        return job;
    }

    /** Waits for all builds at a step, and then lets all go on. */
    private static void passTogether(String step) throws Exception {
        for (int i = 1; i <= BUILDS; i++) {
            SemaphoreStep.waitForStart(step + "/" + i, null);
        }
        for (int i = 1; i <= BUILDS; i++) {
            SemaphoreStep.success(step + "/" + i, null);
        }
    }

    /** As {@code team1-web-7}. */
    private static String name(WorkflowRun build) {
        return build.getParent().getFullName().replace('/', '-') + "-" + build.getNumber();
    }

    private static Map<String, Integer> with(String prefix, Map<String, Integer> counts) {
        return counts.entrySet().stream().collect(Collectors.toMap(e -> prefix + e.getKey(), Map.Entry::getValue));
    }

    /** How many requests came with the key or token of whom; one that was revoked is nobody's. */
    private Map<String, Integer> callers(Service service, String operation) {
        return backends.running().requests().to(service, operation).stream()
                .flatMap(call -> Optional.ofNullable(call.details().get("caller")).stream())
                .collect(Collectors.toMap(who -> who, who -> 1, Integer::sum));
    }

    private static List<String> threadsOfSessions() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("token of source") || name.contains("AWS session"))
                .toList();
    }
}
