package io.jenkins.plugins.awssecrets.cli.exec;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.Optional;

/**
 * The pipe that a command's output comes through. When a command ends, the JDK reads what is in the pipe and closes it
 * ({@code ProcessImpl.ProcessPipeInputStream}), which loses the output of processes that the command left running and
 * ends them by SIGPIPE. Taken out of the JDK's stream, the pipe stays open until its reader closes it.
 */
final class CommandPipe {
    private final Optional<Field> inner = inner();

    /** To be made before the command is started: what is set up later gives a short command time to end. */
    CommandPipe() {
        take(new BufferedInputStream(InputStream.nullInputStream()));
    }

    private static Optional<Field> inner() {
        try {
            Field field = FilterInputStream.class.getDeclaredField("in");
            field.setAccessible(true);
            return Optional.of(field);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Started without the executable file's manifest: the JDK's way will do.
            return Optional.empty();
        }
    }

    /**
     * Takes the pipe, which has to happen right after the command's start.
     *
     * @return the stream itself where the pipe cannot be had or is closed already
     */
    InputStream take(InputStream stream) {
        if (inner.isEmpty() || !(stream instanceof FilterInputStream)) {
            return stream;
        }
        synchronized (stream) {
            try {
                if (inner.get().get(stream) instanceof FileInputStream pipe) {
                    // The JDK takes this for a stream that was closed.
                    inner.get().set(stream, null);
                    return pipe;
                }
            } catch (IllegalAccessException e) {
                // As without the manifest.
            }
            return stream;
        }
    }
}
