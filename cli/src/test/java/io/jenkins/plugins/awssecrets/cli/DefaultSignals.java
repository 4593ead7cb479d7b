package io.jenkins.plugins.awssecrets.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Signals in a test that was itself started to ignore them, as {@code nohup} does. */
public final class DefaultSignals {
    private static final long HUP_INT_TERM = 1 | 1 << 1 | 1 << 14;

    private DefaultSignals() {}

    /**
     * What makes a command heed signals that this process was started to ignore, as {@code nohup} and a shell's {@code &}
     * do; GNU's env.
     */
    public static List<String> command() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return List.of();
        }
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .findFirst()
                .orElse(0);
        return (ignored & HUP_INT_TERM) == 0 ? List.of() : List.of("env", "--default-signal=HUP,INT,TERM");
    }
}
