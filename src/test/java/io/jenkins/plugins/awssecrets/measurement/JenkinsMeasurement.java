package io.jenkins.plugins.awssecrets.measurement;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What {@code bin/measure-jenkins} runs: no test, as a time is nothing that holds on every machine. Each number is the
 * median of some runs, after others that are not counted.
 */
@WithJenkins
class JenkinsMeasurement {
    private static final int MANY = 10_000;
    private static final int SECRETS = 20;
    private static final int MEGABYTES = 20;
    private static final Pattern TIME = Pattern.compile("TIME (\\w+) (\\d+)");

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .with(IntStream.range(0, MANY)
                    .mapToObj(i -> SecretSeed.of(
                            "many-" + i,
                            "value-of-secret-" + i + "-x7Qp",
                            Map.of("jenkins:credentials:type", "string")))
                    .toArray(SecretSeed[]::new)));

    private final List<String> rows = new ArrayList<>();
    private JenkinsRule jenkins;

    @Test
    void measure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        jenkins.timeout = 0;
        backends.configure("");
        rows.add("| measure | AWS Secrets | peer |");
        rows.add("|---|---|---|");
        listing();
        lookUps();
        blocks();
        logs();
        Path table = Path.of(System.getProperty("measurement.table", "target/measure-jenkins.md"));
        Files.write(table, rows);
        rows.forEach(System.out::println);
    }

    private void listing() throws Exception {
        long began = System.nanoTime();
        while (all() < MANY) {
            Thread.onSpinWait();
        }
        row("10,000 listed from start", millis(System.nanoTime() - began), "");
    }

    private int all() {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                .size();
    }

    private void lookUps() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        row("look-up by id among 10,000: found", millis(median(200, () -> find(job, "many-7777"))), "");
        row("look-up by id among 10,000: unknown", millis(median(200, () -> find(job, "unknown"))), "");
        row("look-up of all 10,000", millis(median(40, this::all)), "");
        long first = timed(() -> options(job));
        row("credentials drop-down (git), first", millis(first), "");
        row("credentials drop-down (git), then", millis(median(20, () -> options(job))), "");
    }

    private static long find(FreeStyleProject job, String id) {
        return CredentialsProvider.findCredentialByIdInItem(id, StringCredentials.class, job, ACL.SYSTEM2, List.of())
                        == null
                ? 0
                : 1;
    }

    /** As the form of git does. */
    private static long options(FreeStyleProject job) {
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        job,
                        StandardUsernameCredentials.class,
                        List.of(),
                        credentials -> credentials instanceof StandardUsernameCredentials)
                .size();
    }

    private void blocks() throws Exception {
        Map<String, Double> times = run("""
            def time(name, block) {
              def took = []
              for (int i = 0; i < 60; i++) {
                long begin = System.nanoTime()
                block()
                took << System.nanoTime() - begin
              }
              echo "TIME ${name} ${took.drop(20).sort()[20]}"
            }
            time('ours') { withAwsSecrets([string(credentialsId: 'many-1', variable: 'T')]) {} }
            time('theirs') { withCredentials([string(credentialsId: 'kept-1', variable: 'T')]) {} }
            """);
        row("empty block", millis(times.get("ours")), millis(times.get("theirs")) + " (`withCredentials`)");
    }

    private void logs() throws Exception {
        Map<String, Double> times = run("""
            def time(name, block) {
              def took = []
              for (int i = 0; i < 4; i++) {
                long begin = System.nanoTime()
                block()
                took << System.nanoTime() - begin
              }
              echo "TIME ${name} ${took.drop(1).sort()[1]}"
            }
            node {
              sh 'set +x; i=0; while [ $i -lt 2000 ]; do echo "line $i of a build that says what it does, and this is it"; i=$((i+1)); done > lines; \\
                  : > output; while [ $(stat -c %%s output) -lt %d000000 ]; do cat lines >> output; done'
              time('plain') { sh 'cat output' }
              withAwsSecrets([%s]) { time('ours') { sh 'cat output' } }
              withCredentials([%s]) { time('theirs') { sh 'cat output' } }
            }
            """.formatted(MEGABYTES, bindings("many-"), bindings("kept-")));
        row(
                "`sh` that prints 20 MB in a block of 20 secrets, against no masking",
                ratio(times.get("ours"), times.get("plain")),
                ratio(times.get("theirs"), times.get("plain")) + " (`withCredentials`)");
    }

    private static String bindings(String prefix) {
        return IntStream.range(0, SECRETS)
                .mapToObj(i -> "string(credentialsId: '" + prefix + i + "', variable: 'V" + i + "')")
                .collect(Collectors.joining(", "));
    }

    private Map<String, Double> run(String script) throws Exception {
        if (SystemCredentialsProvider.getInstance().getCredentials().isEmpty()) {
            IntStream.range(0, SECRETS).forEach(i -> SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new StringCredentialsImpl(
                            CredentialsScope.GLOBAL, "kept-" + i, "", Secret.fromString("kept-value-" + i + "-x7Qp"))));
        }
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, false));
        return TIME.matcher(JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job)))
                .results()
                .collect(Collectors.toMap(time -> time.group(1), time -> Double.parseDouble(time.group(2))));
    }

    private void row(String measure, String ours, String theirs) {
        rows.add("| " + measure + " | " + ours + " | " + theirs + " |");
    }

    private static long timed(LongSupplier work) {
        long began = System.nanoTime();
        work.getAsLong();
        return System.nanoTime() - began;
    }

    private static long median(int runs, LongSupplier work) {
        IntStream.range(0, runs).forEach(i -> work.getAsLong());
        long[] took =
                IntStream.range(0, runs).mapToLong(i -> timed(work)).sorted().toArray();
        return took[runs / 2];
    }

    private static String millis(double nanos) {
        return String.format("%.2f ms", nanos / 1e6);
    }

    private static String ratio(double one, double other) {
        return String.format("%.2f x", one / other);
    }
}
