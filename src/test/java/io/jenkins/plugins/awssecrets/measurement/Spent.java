package io.jenkins.plugins.awssecrets.measurement;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nanoseconds on the clock, and of the controller's processors, as scripts of builds measure them. */
public record Spent(long wall, long processor) {
    private static final Pattern TIME = Pattern.compile("TIME (\\w+) (\\d+) (\\d+)");

    /** A function of a script that runs a block some times, and prints what one time of it took. */
    static final String MEASURED = """
        def measured(String name, int times, Closure block) {
          long began = System.nanoTime()
          long worked = %1$s.now()
          for (int i = 0; i < times; i++) { block() }
          echo "TIME ${name} ${(System.nanoTime() - began).intdiv(times)} ${(%1$s.now() - worked).intdiv(times)}"
        }
        """.formatted(Spent.class.getName());

    /** What the controller's processors have worked, for all of its threads. */
    public static long now() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What was printed in a build's log, by name and in order. */
    static Map<String, List<Spent>> in(String log) {
        return TIME.matcher(log)
                .results()
                .collect(Collectors.groupingBy(
                        time -> time.group(1),
                        Collectors.mapping(
                                time -> new Spent(Long.parseLong(time.group(2)), Long.parseLong(time.group(3))),
                                Collectors.toList())));
    }

    static Spent median(List<Spent> all) {
        return new Spent(median(all, Spent::wall), median(all, Spent::processor));
    }

    private static long median(List<Spent> all, ToLongFunction<Spent> part) {
        return all.stream().mapToLong(part).sorted().toArray()[all.size() / 2];
    }

    /** How many times another it is. */
    String against(Spent other) {
        return ratios((double) processor / other.processor, (double) wall / other.wall);
    }

    /**
     * How many times the others those of this kind took, which ran in turns with them: the median of the turns' ratios,
     * as other programs disturb some of the turns.
     */
    static String against(List<Spent> all, List<Spent> others) {
        return ratios(ratio(all, others, Spent::processor), ratio(all, others, Spent::wall));
    }

    private static double ratio(List<Spent> all, List<Spent> others, ToLongFunction<Spent> part) {
        return IntStream.range(0, all.size())
                .mapToDouble(i -> (double) part.applyAsLong(all.get(i)) / part.applyAsLong(others.get(i)))
                .sorted()
                .toArray()[all.size() / 2];
    }

    private static String ratios(double processor, double wall) {
        return String.format(Locale.ROOT, "%.2f x (clock: %.2f x)", processor, wall);
    }

    /** Nanoseconds as milliseconds. */
    static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    @Override
    public String toString() {
        return millis(processor) + " (clock: " + millis(wall) + ")";
    }
}
