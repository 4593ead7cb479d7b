package io.jenkins.plugins.awssecrets.measurement;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.sun.management.OperatingSystemMXBean;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.log.LogStorageFactory;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What {@code bin/measure-jenkins} runs: no test, as a time is nothing that holds on every machine. Each number is the
 * median of some runs, after others that are not counted.
 */
@WithJenkins
public class JenkinsMeasurement {
    private static final boolean SHORT = Boolean.getBoolean("measurement.short");
    private static final int MANY = SHORT ? 1_000 : 10_000;
    private static final int MEGABYTES = SHORT ? 2 : 20;
    private static final int ROUNDS = SHORT ? 2 : 5;
    private static final int BLOCKS = SHORT ? 5 : 20;
    private static final int SECRETS = 20;
    private static final Pattern TIME = Pattern.compile("TIME (\\w+) (\\d+) (\\d+)");

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
        rows.add("| measure | goal | AWS Secrets | `withCredentials` |");
        rows.add("|---|---|---|---|");
        listing();
        lookUps();
        builds();
        Files.write(Path.of(System.getProperty("measurement.table", "target/measure-jenkins.md")), rows);
        rows.forEach(System.out::println);
    }

    private void listing() throws Exception {
        long began = System.nanoTime();
        while (all() < MANY) {
            Thread.sleep(10);
        }
        row(many("%s listed from start"), "4.9 s", millis(System.nanoTime() - began), "");
    }

    private static String many(String text) {
        return text.formatted(String.format(Locale.ROOT, "%,d", MANY));
    }

    private int all() {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                .size();
    }

    private void lookUps() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        String known = "many-" + MANY * 3 / 4;
        row(many("look-up by id among %s: found"), "0.2 ms", millis(median(200, () -> find(job, known))), "");
        row(many("look-up by id among %s: unknown"), "0.2 ms", millis(median(200, () -> find(job, "unknown"))), "");
        row(many("look-up of all %s"), "5 ms", millis(median(100, this::all)), "");
        row("credentials drop-down (git), first", "470 ms", millis(timed(() -> options(job))), "");
        row("credentials drop-down (git), then", "310 ms", millis(median(20, () -> options(job))), "");
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

    private void builds() throws Exception {
        IntStream.range(0, SECRETS).forEach(i -> SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "kept-" + i, "", Secret.fromString("kept-value-" + i + "-x7Qp"))));
        Map<String, Spent> block = spent(EMPTY);
        Spent log = spent(output("withAwsSecrets([%s])".formatted(bindings("many-"))))
                .get("output");
        // From here on nothing of this plugin is in the way of a log.
        withoutMasking();
        Spent theirLog = spent(output("withCredentials([%s])".formatted(bindings("kept-"))))
                .get("output");
        Spent plain = spent(output("withEnv([])")).get("output");
        row("empty block", "", block.get("ours").toString(), block.get("theirs").toString());
        row("that against `withCredentials`", "1.0 x", block.get("ours").against(block.get("theirs")), "");
        row("`sh` that prints %d MB, no masking at all".formatted(MEGABYTES), "", plain.toString(), "");
        row("the same in a block of %d secrets".formatted(SECRETS), "", log.toString(), theirLog.toString());
        row("that against no masking", "at most 1.25 x", log.against(plain), theirLog.against(plain));
    }

    private static String output(String block) {
        return """
            %s
            node {
              sh 'set +x; i=0; while [ $i -lt 2000 ]; do echo "line $i of a build that says what it does, and this is it"; i=$((i+1)); done > lines; \\
                  : > output; while [ $(stat -c %%s output) -lt %d000000 ]; do cat lines >> output; done'
              %s {
                for (int round = 0; round < %d; round++) { measured('output', 1) { sh 'cat output' } }
              }
            }
            """.formatted(MEASURED, MEGABYTES, block, ROUNDS);
    }

    /** A function of a script that runs a block some times, and prints what one time of it took. */
    private static final String MEASURED = """
        def measured(String name, int times, Closure block) {
          long began = System.nanoTime()
          long worked = %1$s.processor()
          for (int i = 0; i < times; i++) { block() }
          echo "TIME ${name} ${(System.nanoTime() - began).intdiv(times)} ${(%1$s.processor() - worked).intdiv(times)}"
        }
        """.formatted(JenkinsMeasurement.class.getName());

    /** The two take turns, as all that is measured first runs slower than what follows. */
    private static final String EMPTY = """
        %s
        for (int round = 0; round < %d; round++) {
          measured('ours', %d) { withAwsSecrets([string(credentialsId: 'many-1', variable: 'T')]) {} }
          measured('theirs', %d) { withCredentials([string(credentialsId: 'kept-1', variable: 'T')]) {} }
        }
        """.formatted(MEASURED, ROUNDS + 1, BLOCKS, BLOCKS);

    /** Nanoseconds that the controller's processors have worked, for all of its threads. */
    public static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void withoutMasking() {
        remove(ExtensionList.lookup(TaskListenerDecorator.Factory.class));
        remove(ExtensionList.lookup(LogStorageFactory.class));
        remove(ExtensionList.lookup(GraphListener.class));
    }

    private static <T> void remove(ExtensionList<T> extensions) {
        extensions.removeAll(extensions.stream()
                .filter(extension -> extension.getClass().getName().startsWith("io.jenkins.plugins.awssecrets.log."))
                .toList());
    }

    /** What a build spends each time on what it measures, by name: the median, without the first, which warms up. */
    private Map<String, Spent> spent(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, false));
        Map<String, List<Spent>> all = TIME.matcher(JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job)))
                .results()
                .collect(Collectors.groupingBy(
                        time -> time.group(1),
                        Collectors.mapping(
                                time -> new Spent(Long.parseLong(time.group(2)), Long.parseLong(time.group(3))),
                                Collectors.toList())));
        Map<String, Spent> median = new HashMap<>();
        all.forEach((name, spent) -> {
            List<Spent> warm = spent.subList(1, spent.size());
            median.put(name, new Spent(median(warm, Spent::wall), median(warm, Spent::processor)));
        });
        return median;
    }

    private static long median(List<Spent> all, ToLongFunction<Spent> part) {
        return all.stream().mapToLong(part).sorted().toArray()[all.size() / 2];
    }

    /** Nanoseconds on the clock, and of the controller's processors. */
    private record Spent(long wall, long processor) {
        String against(Spent other) {
            return String.format(
                    Locale.ROOT,
                    "%.2f x (clock: %.2f x)",
                    (double) processor / other.processor,
                    (double) wall / other.wall);
        }

        @Override
        public String toString() {
            return millis(processor) + " (clock: " + millis(wall) + ")";
        }
    }

    private static String bindings(String prefix) {
        return IntStream.range(0, SECRETS)
                .mapToObj(i -> "string(credentialsId: '" + prefix + i + "', variable: 'V" + i + "')")
                .collect(Collectors.joining(", "));
    }

    private void row(String measure, String goal, String ours, String theirs) {
        rows.add("| " + String.join(" | ", measure, goal, ours, theirs) + " |");
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
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
