package io.jenkins.plugins.awssecrets.cli.exec;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.channels.Channel;
import java.nio.channels.Pipe;
import java.util.Optional;

/**
 * The pipe that a command's output comes through, made here and not by the JDK: the JDK's own is closed as soon as the
 * command ends ({@code ProcessImpl.ProcessPipeInputStream}), which loses the output of processes that the command left
 * running and ends them by SIGPIPE. This one ends when nobody holds its other end any more.
 *
 * <p>The command is given it by its path below {@code /dev/fd}, for which the number of its descriptor is needed; the
 * executable file's manifest opens the JDK's package that tells it. Where that fails, the JDK's pipe has to do.
 */
final class CommandPipe implements Closeable {
    /** A pipe of our own. */
    private record Own(Pipe.SinkChannel writeEnd, File path, InputStream reader) {}

    private final Optional<Own> own;
    private boolean taken;

    private CommandPipe(Optional<Own> own) {
        this.own = own;
    }

    static CommandPipe open() {
        return new CommandPipe(own());
    }

    private static Optional<Own> own() {
        try {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel reopened = pipe.source()) {
                File writeEnd = path(pipe.sink());
                // What the command's start would fail with otherwise.
                new FileOutputStream(writeEnd).close();
                return Optional.of(new Own(pipe.sink(), writeEnd, new FileInputStream(path(reopened))));
            } catch (IOException | ReflectiveOperationException | RuntimeException e) {
                pipe.sink().close();
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static File path(Channel end) throws ReflectiveOperationException {
        Method number = end.getClass().getDeclaredMethod("getFDVal");
        number.setAccessible(true);
        return new File("/dev/fd/" + number.invoke(end));
    }

    /** Where the command is to write. */
    ProcessBuilder.Redirect writeEnd() {
        return own.map(pipe -> ProcessBuilder.Redirect.to(pipe.path())).orElse(ProcessBuilder.Redirect.PIPE);
    }

    /**
     * What the command writes, from its start on; whoever takes this closes it.
     *
     * @param ofProcess the JDK's stream of the started command
     */
    InputStream read(InputStream ofProcess) {
        taken = true;
        closeWriteEnd();
        return own.map(Own::reader).orElse(ofProcess);
    }

    /** As long as we hold the write end, the output never ends. */
    private void closeWriteEnd() {
        try {
            if (own.isPresent()) {
                own.get().writeEnd().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the pipe of a command that was not started; of one that was, nothing is left to close. */
    @Override
    public void close() throws IOException {
        closeWriteEnd();
        if (own.isPresent() && !taken) {
            own.get().reader().close();
        }
    }
}
