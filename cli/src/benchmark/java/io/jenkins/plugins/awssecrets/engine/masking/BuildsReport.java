package io.jenkins.plugins.awssecrets.engine.masking;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what masking takes of a controller on which many builds run, for {@code docs/performance.md}. Each build has
 * three secrets: an RSA-4096 key in PEM, the JSON of a service account with such a key, and a kubeconfig of 16 KiB.
 */
final class BuildsReport {
    private static final double MEBIBYTE = 1 << 20;

    private final LongSecrets longSecrets = new LongSecrets(4096);

    static void print(int... counts) {
        System.out.printf("| builds | secrets | heap | processor, to compile | processor, to mask 1 MiB a build |%n");
        System.out.printf("|---|---|---|---|---|%n");
        for (int builds : counts) {
            new BuildsReport().print(builds, true);
            new BuildsReport().print(builds, false);
        }
    }

    private void print(int builds, boolean same) {
        try {
            List<List<SecretValue>> secrets = new ArrayList<>();
            for (int i = 0; i < builds; i++) {
                secrets.add(same && i > 0 ? secrets.get(0) : longSecrets.ofABuild());
            }
            byte[] log = log();
            long heap = heap();
            double begin = processorSeconds();
            CompiledSets sets = new CompiledSets();
            List<Masker> maskers =
                    secrets.stream().map(each -> Masker.of(each, sets)).toList();
            double compiled = processorSeconds() - begin;
            double held = (heap() - heap) / MEBIBYTE;
            begin = processorSeconds();
            maskers.forEach(masker -> mask(masker, log));
            System.out.printf(
                    "| %d | %s | %.1f MiB | %.2f s | %.2f s |%n",
                    maskers.size(), same ? "the same" : "all differ", held, compiled, processorSeconds() - begin);
        } catch (OutOfMemoryError e) {
            System.out.printf(
                    "| %d | %s | more than %.0f MiB | | |%n",
                    builds,
                    same ? "the same" : "all differ",
                    Runtime.getRuntime().maxMemory() / MEBIBYTE);
        }
    }

    private static void mask(Masker masker, byte[] log) {
        try (MaskingOutputStream masking = new MaskingOutputStream(OutputStream.nullOutputStream(), masker)) {
            for (int at = 0; at < log.length; at += 8192) {
                masking.write(log, at, Math.min(8192, log.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] log() {
        StringBuilder log = new StringBuilder();
        for (int line = 0; log.length() < MEBIBYTE; line++) {
            log.append("[INFO] Downloaded from central: https://repo.example.com/org/example/library-")
                    .append(line)
                    .append(".jar (128 kB at 2.1 MB/s)\n");
        }
        return log.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double processorSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }
}
