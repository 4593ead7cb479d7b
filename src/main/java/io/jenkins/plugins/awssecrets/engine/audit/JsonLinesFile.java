package io.jenkins.plugins.awssecrets.engine.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Events as lines of JSON at the end of a file, which only its owner reads. A file that is full is renamed with
 * {@code .1} at its end, {@code .1} becomes {@code .2}, and so on; the last one goes.
 *
 * <p>The file is opened for each event, so it may be moved or removed by somebody else at any time.
 */
public final class JsonLinesFile implements AuditSink {
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path file;
    private final long fullAt;
    private final int kept;

    /**
     * @param fullAt bytes from which on no line is added any more
     * @param kept how many full files there are at most
     */
    public JsonLinesFile(Path file, long fullAt, int kept) {
        this.file = file;
        this.fullAt = fullAt;
        this.kept = kept;
    }

    @Override
    public String name() {
        return "the file " + file.getFileName();
    }

    @Override
    public synchronized void write(AuditEvent event) throws IOException {
        byte[] line = JsonLine.of(event);
        if (!append(line)) {
            rotate();
            append(line);
        }
    }

    /** @return false where the file is full, and nothing was written */
    private boolean append(byte[] line) throws IOException {
        try (FileChannel channel = open()) {
            long size = channel.size();
            if (size > 0 && size >= fullAt) {
                return false;
            }
            ByteBuffer rest = ByteBuffer.wrap(line);
            channel.position(endOfLines(channel, size));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            return true;
        }
    }

    private FileChannel open() throws IOException {
        try {
            return FileChannel.open(file, APPEND, ownersOnly());
        } catch (NoSuchFileException e) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return FileChannel.open(file, APPEND, ownersOnly());
        }
    }

    /** Where the next line begins. A disk that was full may have left a part of a line, which is given up. */
    private static long endOfLines(FileChannel channel, long size) throws IOException {
        long end = size;
        ByteBuffer last = ByteBuffer.allocate(1);
        while (end > 0) {
            last.clear();
            channel.read(last, end - 1);
            if (last.get(0) == '\n') {
                break;
            }
            end--;
        }
        if (end < size) {
            channel.truncate(end);
        }
        return end;
    }

    private void rotate() throws IOException {
        for (int i = kept; i > 0; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (kept == 0) {
            Files.deleteIfExists(file);
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private FileAttribute<?>[] ownersOnly() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
