package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;

/**
 * Compares the speed of masking with that of other classes, such as an earlier commit's: in one process that alternates
 * between the two, by the processor's time, so that other programs disturb both alike.
 */
final class EarlierReport {
    private static final int BYTES = 16 << 20;
    private static final int SECRET_LENGTH = 32;
    private static final long SEED = 20261101L;

    /** So long, by the processor's time, both run before they are measured, until the compiler is done with them. */
    private static final long WARM_UP_NANOSECONDS = 2_000_000_000;

    private static final int ROUNDS = 15;

    /** A secret that tools break at its punctuation, so that it is looked for everywhere. */
    private static final String BROKEN = "aB3$x9!kQ#z7@Lm&p2Vw";

    private final Function<List<byte[]>, ToLongBiFunction<byte[], Integer>> earlier;
    private final Function<List<byte[]>, ToLongBiFunction<byte[], Integer>> now;

    private EarlierReport(Path classes) throws ReflectiveOperationException, MalformedURLException {
        earlier = timed(List.of(classes));
        now = timed(List.of());
    }

    /** @param classes where the other classes are */
    static void print(Path classes) throws ReflectiveOperationException, MalformedURLException {
        EarlierReport report = new EarlierReport(classes);
        System.out.println("| log | secrets | writes | speed, of the other's |\n|---|---|---|---|");
        for (int each : new int[] {0, 1_000, 10}) {
            for (int secrets : new int[] {1, 20, 100, 1_000}) {
                report.row(each == 0 ? "no hits" : "a hit in each " + each + " lines", secrets, each, 8192, false);
            }
        }
        report.row("a hit in each line", 20, 1, 8192, false);
        report.row("no hits", 20, 0, 64, false);
        report.row("no hits, one more secret that tools break", 21, 0, 8192, true);
    }

    /** @param each how many lines there are for each that has a hit; 0 for no hits */
    private void row(String log, int count, int each, int write, boolean broken) {
        List<byte[]> secrets = new ArrayList<>(BuildLog.secrets(broken ? count - 1 : count, SECRET_LENGTH, SEED));
        BuildLog lines = new BuildLog(SEED);
        byte[] bytes = each == 0 ? lines.bytes(BYTES) : lines.bytes(BYTES, each, secrets);
        if (broken) {
            secrets.add(BROKEN.getBytes(StandardCharsets.UTF_8));
        }
        ToLongBiFunction<byte[], Integer> before = earlier.apply(secrets);
        ToLongBiFunction<byte[], Integer> after = now.apply(secrets);
        long[] took = new long[ROUNDS];
        long[] takes = new long[ROUNDS];
        for (long spent = 0; spent < WARM_UP_NANOSECONDS; ) {
            spent += before.applyAsLong(bytes, write) + after.applyAsLong(bytes, write);
        }
        for (int round = 0; round < ROUNDS; round++) {
            took[round] = before.applyAsLong(bytes, write);
            takes[round] = after.applyAsLong(bytes, write);
        }
        Arrays.sort(took);
        Arrays.sort(takes);
        System.out.printf(
                "| %s | %d | %d bytes | %.2f |%n", log, count, write, (double) took[ROUNDS / 2] / takes[ROUNDS / 2]);
    }

    /** {@link TimedMasking} of these classes, and of this program's where they have none. */
    @SuppressWarnings("unchecked")
    private static Function<List<byte[]>, ToLongBiFunction<byte[], Integer>> timed(List<Path> classes)
            throws ReflectiveOperationException, MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path path : classes) {
            urls.add(path.toUri().toURL());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        // Not closed: classes are loaded until the program ends.
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        return (Function<List<byte[]>, ToLongBiFunction<byte[], Integer>>)
                loader.loadClass(TimedMasking.class.getName()).getConstructor().newInstance();
    }
}
