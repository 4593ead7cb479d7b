package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a command: with variables added to this process' own, this process' standard input, and its output and
 * error output masked, each as its own stream.
 */
final class Command {
    /** For processes that the command left running and that still write to its output. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How long a command writes nothing before the end of its last line is shown as it is. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Pattern ERRNO = Pattern.compile("error(?:=|: )(\\d+)");
    private static final int ENOENT = 2;
    private static final int E2BIG = 7;

    private final List<String> words;
    private final OutputStream out;
    private final OutputStream err;
    private final ErrorReport report;
    private final boolean inTerminal;

    /**
     * @param words the command and its arguments
     * @param inTerminal whether it gets a terminal of its own
     */
    Command(List<String> words, OutputStream out, OutputStream err, ErrorReport report, boolean inTerminal) {
        this.inTerminal = inTerminal;
        this.words = List.copyOf(words);
        this.out = out;
        this.err = err;
        this.report = report;
    }

    /**
     * Runs it to its end.
     *
     * @param variables set beside those of this process, and in place of those of the same name
     * @param paths variables that get a path
     * @param unset variables of this process that the command does not get
     * @param masker empty to give the command this process' own output streams, a terminal among them
     * @return the command's exit status, 128 and the signal's number where one ended it, 126 or 127 where it could not
     *     be started
     */
    int run(
            Map<String, SecretValue> variables,
            Map<String, String> paths,
            Set<String> unset,
            Optional<Masker> masker,
            SignalRelay signals)
            throws InterruptedException {
        Arguments arguments = inTerminal ? Arguments.inTerminal(words, System.getenv()) : Arguments.of(words);
        ProcessBuilder builder = new ProcessBuilder(arguments.words());
        builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        ExactEnvironment environment = new ExactEnvironment(builder.environment());
        builder.environment().keySet().removeAll(unset);
        variables.forEach(environment::set);
        paths.forEach((name, path) -> environment.set(name, SecretValue.of(path)));
        arguments.variables().forEach(environment::set);
        return masker.isPresent() ? masked(builder, masker.get(), signals) : unmasked(builder, signals);
    }

    private int unmasked(ProcessBuilder builder, SignalRelay signals) throws InterruptedException {
        try {
            Process process = signals.start(builder.inheritIO()::start);
            int status = process.waitFor();
            signals.ended();
            return status;
        } catch (IOException e) {
            return notStarted(e);
        }
    }

    private int masked(ProcessBuilder builder, Masker masker, SignalRelay signals) throws InterruptedException {
        KeptOpen outSink = new KeptOpen(out);
        KeptOpen errSink = new KeptOpen(err);
        ScheduledExecutorService pauses = Executors.newSingleThreadScheduledExecutor(Command::daemon);
        try (CommandPipe outPipe = CommandPipe.open();
                CommandPipe errPipe = CommandPipe.open()) {
            Process process =
                    signals.start(builder.redirectOutput(outPipe.writeEnd()).redirectError(errPipe.writeEnd())::start);
            OutputPump.Later later = task -> pauses.schedule(task, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            OutputPump ofOut = OutputPump.start(
                    "standard output",
                    outPipe.read(process.getInputStream()),
                    new MaskingOutputStream(outSink, masker),
                    later);
            OutputPump ofErr = OutputPump.start(
                    "error output",
                    errPipe.read(process.getErrorStream()),
                    new MaskingOutputStream(errSink, masker),
                    later);
            int status = process.waitFor();
            signals.ended();
            // Not short-circuited: both streams are brought to an end.
            if (!ofOut.drain(GRACE) | !ofErr.drain(GRACE)) {
                report.warn(
                        "processes that the command left running still write to its output, which is no longer shown."
                                + " Redirect their output, or let the command wait for them");
            }
            return outSink.isLost() || errSink.isLost() ? lost(status) : status;
        } catch (IOException e) {
            return notStarted(e);
        } finally {
            pauses.shutdownNow();
        }
    }

    /** A disk that is full is a failure; who stops reading, as {@code head} does, has had enough. */
    private int lost(int status) {
        report.line("standard output: cannot be written any more. Check that its disk is not full");
        return status == 0 ? ExitCode.OTHER : status;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pauses of the output");
        thread.setDaemon(true);
        return thread;
    }

    private int notStarted(IOException e) {
        // The text ends with the system's number for the cause (java.lang.ProcessImpl): JDK 17 "error=2", 25 "error:
        // 2".
        // The cause's text is without the command's name.
        Throwable bare = e.getCause() == null ? e : e.getCause();
        Matcher number = ERRNO.matcher(String.valueOf(bare.getMessage()));
        int errno = number.find() ? Integer.parseInt(number.group(1)) : 0;
        return switch (errno) {
            case ENOENT ->
                failed(
                        "no such command, or no such interpreter where it is a script",
                        "check the name and PATH",
                        ExitCode.COMMAND_NOT_FOUND);
            case E2BIG ->
                failed(
                        "an argument or a variable is longer than the system takes (128 KiB on Linux)",
                        "bind the value as a file credential",
                        ExitCode.NOT_EXECUTABLE);
            default ->
                failed(
                        "it cannot be executed" + (errno == 0 ? "" : " (error " + errno + ")"),
                        "check that it is a file with permission to execute",
                        ExitCode.NOT_EXECUTABLE);
        };
    }

    private int failed(String reason, String fix, int status) {
        report.line("command " + words.get(0) + ": " + SecretException.explain(reason, fix));
        return status;
    }

    /** The end of a command's output is not the end of ours. */
    private static final class KeptOpen extends OutputStream {
        private final OutputStream sink;
        private volatile boolean lost;

        KeptOpen(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                sink.write(bytes, offset, length);
            } catch (IOException e) {
                lost |= !String.valueOf(e.getMessage()).contains("Broken pipe");
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            sink.flush();
        }

        /** Whether something could not be written for another reason than that nobody reads it. */
        boolean isLost() {
            return lost;
        }

        @Override
        public void close() throws IOException {
            sink.flush();
        }
    }
}
