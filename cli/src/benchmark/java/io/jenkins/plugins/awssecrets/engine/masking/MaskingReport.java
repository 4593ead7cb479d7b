package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link MaskingBenchmark} and prints what {@code docs/performance.md} shows: speeds, and their ratios. */
public final class MaskingReport {
    private static final String LINES = "8192";
    private static final String SMALL = "64";

    private final boolean quick;
    private final List<Measured> all = new ArrayList<>();

    private record Measured(String benchmark, int secrets, String text, String write, double nanoseconds) {
        double megabytesPerSecond() {
            int bytes =
                    benchmark.startsWith("jenkins") ? MaskingBenchmark.sliceBytes(secrets) : MaskingBenchmark.LOG_BYTES;
            return bytes * 1e3 / nanoseconds;
        }
    }

    private MaskingReport(boolean quick) {
        this.quick = quick;
    }

    /**
     * {@code quick}: fewer secrets and shorter measurements, about three minutes; {@code full}: about fifteen; {@code
     * memory}: only what the matcher takes; {@code builds}: what it takes while many builds run; a directory of other
     * classes: the speed beside theirs.
     */
    public static void main(String[] arguments)
            throws RunnerException, ReflectiveOperationException, MalformedURLException {
        if (arguments.length > 0 && arguments[0].equals("memory")) {
            printMemory("1", "20", "100", "1000");
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("builds")) {
            BuildsReport.print(1, 20, 200);
            return;
        }
        if (arguments.length > 0 && Files.isDirectory(Path.of(arguments[0]))) {
            EarlierReport.print(Path.of(arguments[0]));
            return;
        }
        new MaskingReport(arguments.length == 0 || !arguments[0].equals("full")).run();
    }

    private void run() throws RunnerException {
        String[] secrets = quick ? new String[] {"20", "100"} : new String[] {"1", "20", "100", "1000"};
        String[] hits = quick ? new String[] {"none"} : new String[] {"none", "each1000", "each10"};
        String[] usual = {"20"};
        // A row's pass-through is measured beside it, since the machine may be busier a minute later.
        for (String count : secrets) {
            for (String text : hits) {
                String literals = text.equals("none") ? "|literals|jenkinsLiterals" : "";
                measure("passThroughToMemory|allForms|jenkins" + literals, new String[] {count}, LINES, text);
            }
        }
        measure("passThroughToFile|allFormsToFile", usual, LINES, "none");
        measure("allForms", new String[] {"20", "100"}, LINES, "each1", "nearMatches");
        measure("passThroughToMemory|literals|allForms|denseAutomaton", usual, SMALL, "none");
        measure("compile", quick ? new String[] {"100"} : secrets, LINES, "none");
        printAll(secrets, hits);
    }

    private void measure(String benchmarks, String[] secrets, String write, String... texts) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(MaskingBenchmark.class.getName() + "\\.(" + benchmarks + ")$")
                .param("secrets", secrets)
                .param("text", texts)
                .param("write", write)
                .forks(1)
                .jvmArgs("-Xmx2g")
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.seconds(1));
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            all.add(new Measured(
                    name.substring(name.lastIndexOf('.') + 1),
                    Integer.parseInt(result.getParams().getParam("secrets")),
                    result.getParams().getParam("text"),
                    result.getParams().getParam("write"),
                    processorTime(result)));
        }
    }

    /** Nanoseconds of the processor an operation takes: the median of the iterations. */
    private static double processorTime(RunResult result) {
        double[] times = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration
                                .getSecondaryResults()
                                .get("nanoseconds")
                                .getScore()
                        / iteration.getSecondaryResults().get("operations").getScore())
                .sorted()
                .toArray();
        return times[times.length / 2];
    }

    private void printAll(String[] secrets, String[] hits) {
        double memory = speed("passThroughToMemory", 20, "none", LINES);
        double file = speed("passThroughToFile", 20, "none", LINES);
        print("%nPass-through, 8 KiB writes: to memory %,.0f MB/s, to a file %,.0f MB/s.%n%n", memory, file);

        print("| log | secrets | only literals | of memory copy | x Jenkins, literals | all forms | of memory copy |"
                + " x Jenkins |%n");
        print("|---|---|---|---|---|---|---|---|%n");
        for (String text : hits) {
            for (String count : secrets) {
                int n = Integer.parseInt(count);
                double copy = speed("passThroughToMemory", n, text, LINES);
                print("| %s | %d |", text, n);
                printSpeed(find("literals", n, text, LINES), copy, speed("jenkinsLiterals", n, text, LINES));
                printSpeed(find("allForms", n, text, LINES), copy, speed("jenkins", n, text, LINES));
                print("%n");
            }
        }

        double toFile = speed("allFormsToFile", 20, "none", LINES);
        print(
                "%nAll forms of 20 secrets to a file: %,.0f MB/s, %.0f %% of the pass-through.%n",
                toFile, 100 * toFile / file);
        for (int n : new int[] {20, 100}) {
            print(
                    "All forms of %d secrets, a hit in each line: %,.0f MB/s; near-matches back to back: %,.0f MB/s.%n",
                    n, speed("allForms", n, "each1", LINES), speed("allForms", n, "nearMatches", LINES));
        }
        double dense = speed("denseAutomaton", 20, "none", SMALL);
        print("64-byte writes, 20 secrets: dense automaton of the literals %,.0f MB/s;", dense);
        for (String ours : List.of("literals", "allForms")) {
            double speed = speed(ours, 20, "none", SMALL);
            print(" %s %,.0f MB/s, %.2f of it;", ours, speed, speed / dense);
        }
        print("%nCompiled with all forms:");
        all.stream()
                .filter(each -> each.benchmark().equals("compile"))
                .forEach(each -> print(" %d secrets in %,.1f ms;", each.secrets(), each.nanoseconds() / 1e6));
        print("%n%n");
        printMemory(secrets);
    }

    private static void printMemory(String... counts) {
        print("| secrets | patterns | memory |%n|---|---|---|%n");
        for (String count : counts) {
            for (boolean punctuation : new boolean[] {false, true}) {
                List<SecretValue> secrets = MaskingCostTest.secrets(Integer.parseInt(count), punctuation);
                int patterns = secrets.stream()
                        .mapToInt(secret -> SecretForms.derive(secret).size())
                        .sum();
                try {
                    print(
                            "| %s, %s | %,d | %.1f MiB |%n",
                            count,
                            punctuation ? "printable" : "letters and digits",
                            patterns,
                            MatcherSize.bytesOf(Masker.of(secrets)) / (double) (1 << 20));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void printSpeed(Optional<Measured> measured, double memory, double jenkins) {
        ToDoubleFunction<Measured> speed = Measured::megabytesPerSecond;
        measured.map(speed::applyAsDouble)
                .ifPresentOrElse(
                        each -> print(" %,.0f MB/s | %.0f %% | %,.0f |", each, 100 * each / memory, each / jenkins),
                        () -> print(" | | |"));
    }

    private double speed(String benchmark, int secrets, String text, String write) {
        return find(benchmark, secrets, text, write)
                .map(Measured::megabytesPerSecond)
                .orElse(Double.NaN);
    }

    private Optional<Measured> find(String benchmark, int secrets, String text, String write) {
        return all.stream()
                .filter(each -> each.benchmark().equals(benchmark)
                        && each.secrets() == secrets
                        && each.text().equals(text)
                        && each.write().equals(write))
                .findFirst();
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(format, arguments);
    }
}
