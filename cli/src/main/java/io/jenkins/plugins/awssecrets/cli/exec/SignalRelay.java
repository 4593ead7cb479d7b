package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Passes SIGTERM, SIGINT and SIGHUP on to the command. One that comes before the command was started interrupts the
 * thread that made this relay, which has then a while to end in an orderly way.
 *
 * <p>An interrupt typed at a terminal reaches the whole foreground process group, the command included, so it is not
 * sent a second time.
 */
final class SignalRelay implements AutoCloseable {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
    private static final Duration ORDERLY_END = Duration.ofSeconds(5);

    private final Thread main = Thread.currentThread();
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Phase phase = Phase.BEFORE;
    private Process command;
    private OptionalInt received = OptionalInt.empty();

    private enum Phase {
        BEFORE,
        RUNNING,
        AFTER
    }

    private SignalRelay() {}

    /** Takes the signals over until {@link #close()}. */
    static SignalRelay install() {
        SignalRelay relay = new SignalRelay();
        for (String name : NAMES) {
            try {
                Signal signal = new Signal(name);
                relay.before.put(signal, Signal.handle(signal, relay::handle));
            } catch (IllegalArgumentException e) {
                // The JVM was started with -Xrs or the system has no such signal: then it does what it always does.
            }
        }
        return relay;
    }

    /** The exit status that a signal before the command's start asks for. */
    synchronized OptionalInt statusBeforeStart() {
        return phase == Phase.BEFORE && received.isPresent()
                ? OptionalInt.of(ExitCode.SIGNAL + received.getAsInt())
                : OptionalInt.empty();
    }

    /**
     * Starts the command, unless a signal came before.
     *
     * @throws IOException what the starter throws
     * @throws InterruptedException when a signal came
     */
    synchronized Process start(Starter starter) throws IOException, InterruptedException {
        if (received.isPresent()) {
            throw new InterruptedException();
        }
        command = starter.start();
        phase = Phase.RUNNING;
        return command;
    }

    /** From now on signals are ignored: the command ended and what it needed is being cleaned up. */
    synchronized void ended() {
        phase = Phase.AFTER;
    }

    private void handle(Signal signal) {
        synchronized (this) {
            switch (phase) {
                case BEFORE -> received = OptionalInt.of(signal.getNumber());
                case RUNNING -> send(signal);
                case AFTER -> {}
            }
            if (phase != Phase.BEFORE) {
                return;
            }
        }
        main.interrupt();
        awaitOrderlyEnd(signal);
    }

    private void send(Signal signal) {
        if (signal.getName().equals("TERM")) {
            command.toHandle().destroy();
        } else if (!signal.getName().equals("INT") || !inForeground()) {
            kill(signal.getName());
        }
    }

    /** Java sends SIGTERM and SIGKILL only; every POSIX shell has the others built in. */
    private void kill(String name) {
        try {
            if (command.isAlive()) {
                new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(command.pid()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            }
        } catch (IOException e) {
            command.toHandle().destroy();
        }
    }

    /** Whether this process is in its terminal's foreground group: fields 5 and 8 of proc(5) stat agree. */
    private static boolean inForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[2].equals(fields[5]);
        } catch (IOException | RuntimeException e) {
            return System.console() != null;
        }
    }

    private void awaitOrderlyEnd(Signal signal) {
        Thread watch = new Thread(
                () -> {
                    try {
                        if (!closed.await(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS)) {
                            // Shutdown hooks run, so that no private file stays.
                            System.exit(ExitCode.SIGNAL + signal.getNumber());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "end after a signal");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void close() {
        closed.countDown();
        before.forEach(Signal::handle);
    }

    interface Starter {
        Process start() throws IOException;
    }
}
