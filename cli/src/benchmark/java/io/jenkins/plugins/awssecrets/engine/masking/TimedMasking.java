package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;

/**
 * Secrets, then a log and the size of its writes, to the nanoseconds of the processor that masking it takes. It knows
 * only what each version of the classes has, and is called by types of Java alone, since {@link EarlierReport} loads it
 * twice.
 */
public final class TimedMasking implements Function<List<byte[]>, ToLongBiFunction<byte[], Integer>> {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public ToLongBiFunction<byte[], Integer> apply(List<byte[]> secrets) {
        Masker masker = Masker.of(secrets.stream().map(SecretValue::of).toList());
        return (log, write) -> nanoseconds(masker, log, write);
    }

    private long nanoseconds(Masker masker, byte[] log, int write) {
        long start = threads.getCurrentThreadCpuTime();
        try (OutputStream masking = new MaskingOutputStream(OutputStream.nullOutputStream(), masker)) {
            for (int at = 0; at < log.length; at += write) {
                masking.write(log, at, Math.min(write, log.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return threads.getCurrentThreadCpuTime() - start;
    }
}
