package io.jenkins.plugins.awssecrets.measurement;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private static final int TURNS = SHORT ? 6 : 45;
    private static final int BLOCKS = SHORT ? 5 : 20;
    private static final int SECRETS = 20;
    private static final int STARTS = SHORT ? 1 : 3;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .with(IntStream.range(0, MANY)
                    .mapToObj(i -> SecretSeed.of(
                            "many-" + i,
                            "value-of-secret-" + i + "-x7Qp",
                            Map.of("jenkins:credentials:type", "string")))
                    .toArray(SecretSeed[]::new)));

    private final Optional<Provider> other = Provider.other();
    private JenkinsRule jenkins;

    @Test
    void measure(JenkinsRule jenkins) throws Throwable {
        this.jenkins = jenkins;
        jenkins.timeout = 0;
        backends.configure("");
        List<String> table = new ArrayList<>();
        table.add(row("measure", "goal", "AWS Secrets", "`withCredentials`", "Secrets Manager provider"));
        table.add(row("---", "---", "---", "---", "---"));
        table.addAll(lookUps());
        table.addAll(builds());
        Files.write(Path.of(System.getProperty("measurement.table", "target/measure-jenkins.md")), table);
        table.forEach(System.out::println);
    }

    private List<String> lookUps() throws Throwable {
        List<ColdStart> ours = new ArrayList<>();
        List<ColdStart> theirs = new ArrayList<>();
        // In turns, so that what else the machine does slows both down.
        for (int start = 0; start < STARTS; start++) {
            ours.add(started(Provider.ours()));
            if (other.isPresent()) {
                theirs.add(started(other.get()));
            }
        }
        return List.of(
                lookUp("%s listed from start", "below the peer", s -> s.first().listed(), ours, theirs),
                lookUp("%s listed after a restart", "below the peer", ColdStart::listedAgain, ours, theirs),
                lookUp(
                        "credentials drop-down (git), first",
                        "below the peer",
                        s -> s.first().firstChoice(),
                        ours,
                        theirs),
                lookUp(
                        "credentials drop-down (git), then",
                        "below the peer",
                        s -> s.first().nextChoice(),
                        ours,
                        theirs),
                lookUp("look-up by id among %s: found", "0.2 ms", s -> s.first().found(), ours, theirs),
                lookUp(
                        "look-up by id among %s: unknown",
                        "0.2 ms", s -> s.first().unknown(), ours, theirs),
                lookUp("look-up of all %s", "5 ms", s -> s.first().all(), ours, theirs));
    }

    private ColdStart started(Provider provider) throws Throwable {
        String configuration = provider.configuration(backends.running().secretsManager());
        return ColdStart.of(provider, configuration, MANY, "many-" + MANY * 3 / 4);
    }

    /** @param theirs of the other plugin; empty where it is not there */
    private String lookUp(
            String measure, String goal, ToLongFunction<ColdStart> part, List<ColdStart> ours, List<ColdStart> theirs) {
        return row(
                measure.formatted(String.format(Locale.ROOT, "%,d", MANY)),
                goal,
                median(part, ours),
                "",
                median(part, theirs));
    }

    private static String median(ToLongFunction<ColdStart> part, List<ColdStart> starts) {
        return starts.isEmpty()
                ? ""
                : Spent.millis(starts.stream().mapToLong(part).sorted().toArray()[starts.size() / 2]);
    }

    private List<String> builds() throws Exception {
        IntStream.range(0, SECRETS).forEach(i -> SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "kept-" + i, "", Secret.fromString("kept-value-" + i + "-x7Qp"))));
        Map<String, List<Spent>> block = spent(EMPTY, TURNS / 3);
        Spent log = output("withAwsSecrets([%s])".formatted(bindings("many-")));
        // From here on nothing of this plugin is in the way of a log.
        withoutMasking();
        Spent theirLog = output("withCredentials([%s])".formatted(bindings("kept-")));
        Spent plain = output("withEnv([])");
        List<Spent> ours = block.get("ours");
        List<Spent> theirs = block.get("theirs");
        return List.of(
                row("empty block", "", Spent.median(ours), Spent.median(theirs)),
                row("that against `withCredentials`", "1.0 x", Spent.against(ours, theirs), ""),
                row("`sh` that prints %d MB, no masking at all".formatted(MEGABYTES), "", plain, ""),
                row("the same in a block of %d secrets".formatted(SECRETS), "", log, theirLog),
                row("that against no masking", "at most 1.25 x", log.against(plain), theirLog.against(plain)));
    }

    private Spent output(String block) throws Exception {
        String script = """
            %s
            node {
              sh 'set +x; i=0; while [ $i -lt 2000 ]; do echo "line $i of a build that says what it does, and this is it"; i=$((i+1)); done > lines; \\
                  : > output; while [ $(stat -c %%s output) -lt %d000000 ]; do cat lines >> output; done'
              %s {
                for (int round = 0; round < %d; round++) { measured('output', 1) { sh 'cat output' } }
              }
            }
            """.formatted(Spent.MEASURED, MEGABYTES, block, ROUNDS);
        return Spent.median(spent(script, 1).get("output"));
    }

    /** The two take turns, and now one, now the other is first. */
    private static final String EMPTY = """
        %s
        def ours() {
          measured('ours', %2$d) { withAwsSecrets([string(credentialsId: 'many-1', variable: 'T')]) {} }
        }
        def theirs() {
          measured('theirs', %2$d) { withCredentials([string(credentialsId: 'kept-1', variable: 'T')]) {} }
        }
        for (int turn = 0; turn < %3$d; turn++) {
          if (turn %% 2 == 0) { ours(); theirs() } else { theirs(); ours() }
        }
        """.formatted(Spent.MEASURED, BLOCKS, TURNS);

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

    /**
     * What a build spends each time on what it measures, by name.
     *
     * @param warming how many times of each are not counted
     */
    private Map<String, List<Spent>> spent(String script, int warming) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, false));
        Map<String, List<Spent>> spent = Spent.in(JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job)));
        spent.replaceAll((name, all) -> all.subList(warming, all.size()));
        return spent;
    }

    private static String bindings(String prefix) {
        return IntStream.range(0, SECRETS)
                .mapToObj(i -> "string(credentialsId: '" + prefix + i + "', variable: 'V" + i + "')")
                .collect(Collectors.joining(", "));
    }

    private String row(String measure, String goal, Object ours, Object theirs) {
        return row(measure, goal, ours.toString(), theirs.toString(), "");
    }

    /** The last column is there where its plugin is. */
    private String row(String measure, String goal, String ours, String theirs, String peers) {
        List<String> cells = List.of(measure, goal, ours, theirs, peers);
        return "| " + String.join(" | ", cells.subList(0, other.isPresent() ? 5 : 4)) + " |";
    }
}
