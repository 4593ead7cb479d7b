package io.jenkins.plugins.awssecrets.engine.binding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes private files: directories of mode 0700, files of mode 0600 from the moment they are there. Where a file system
 * knows no such modes, they have what the process' own files have.
 */
public final class PrivateFileWriter {
    private final Path directory;

    /** @param directory of the files, which nothing written leaves */
    public PrivateFileWriter(Path directory) {
        this.directory = directory;
    }

    /** Permissions of a directory for its owner alone. */
    public static FileAttribute<?>[] forOwner() {
        return mode("rwx------");
    }

    /** Makes a file that is not there yet. */
    public void write(String relative, byte[] content) throws IOException {
        Path path = inside(relative);
        Path at = directory;
        for (Path part : directory.relativize(parentOf(path))) {
            at = at.resolve(part);
            if (!part.toString().isEmpty() && !Files.isDirectory(at)) {
                Files.createDirectory(at, forOwner());
            }
        }
        create(path, content);
    }

    /** Puts a file in the place of one that was written: who reads it meanwhile has the whole of one of the two. */
    public void replace(String relative, byte[] content) throws IOException {
        Path path = inside(relative);
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        create(next, content);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path inside(String relative) throws IOException {
        Path path = directory.resolve(relative).normalize();
        if (!path.startsWith(directory) || path.equals(directory)) {
            throw new IOException("a path that leads out of the private directory");
        }
        return path;
    }

    private static void create(Path path, byte[] content) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static Path parentOf(Path path) throws IOException {
        return Optional.ofNullable(path.getParent()).orElseThrow(() -> new IOException("a root is no private file"));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
