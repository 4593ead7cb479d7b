package io.jenkins.plugins.awssecrets.step;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.MasterToSlaveFileCallable;

/**
 * Writes a block's files on its agent: directories of mode 0700, files of mode 0600 from the moment they are there.
 * Where a file system knows no such modes, they have what the agent's own files have.
 */
final class PrivateFiles extends MasterToSlaveFileCallable<Map<String, String>> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> paths = new ArrayList<>();
    private final ArrayList<byte[]> contents = new ArrayList<>();
    private final LinkedHashMap<String, String> variables = new LinkedHashMap<>();
    private final DockerHome docker;

    private PrivateFiles(List<BoundFile> files, DockerHome docker) {
        this.docker = docker;
        for (BoundFile file : files) {
            paths.add(file.path());
            contents.add(file.content().bytes());
            variables.put(file.variable(), file.variablePath());
        }
    }

    /**
     * Writes the files.
     *
     * @param directory to be made
     * @param docker what docker reads without them
     * @return absolute paths by variable
     */
    static Map<String, String> write(List<BoundFile> files, FilePath directory, DockerHome docker)
            throws IOException, InterruptedException {
        return directory.act(new PrivateFiles(files, docker));
    }

    @Override
    public Map<String, String> invoke(File file, VirtualChannel channel) throws IOException {
        Path directory = file.toPath();
        Files.createDirectories(parentOf(directory));
        Files.createDirectory(directory, mode(directory, "rwx------"));
        String dockers = variables.getOrDefault(VariableNames.DOCKER_CONFIG, "");
        for (int i = 0; i < paths.size(); i++) {
            boolean isDockers = !dockers.isEmpty() && paths.get(i).startsWith(dockers + "/");
            byte[] content =
                    isDockers ? docker.with(SecretValue.of(contents.get(i))).bytes() : contents.get(i);
            write(directory, directory.resolve(paths.get(i)).normalize(), content);
        }
        if (!dockers.isEmpty()) {
            docker.linkInto(directory.resolve(dockers));
        }
        Map<String, String> absolute = new LinkedHashMap<>();
        variables.forEach((variable, path) ->
                absolute.put(variable, directory.resolve(path).toString()));
        return absolute;
    }

    private static void write(Path directory, Path path, byte[] content) throws IOException {
        if (!path.startsWith(directory) || path.equals(directory)) {
            throw new IOException("a path that leads out of the private directory");
        }
        Path at = directory;
        for (Path part : directory.relativize(parentOf(path))) {
            at = at.resolve(part);
            if (!part.toString().isEmpty() && !Files.isDirectory(at)) {
                Files.createDirectory(at, mode(at, "rwx------"));
            }
        }
        try (SeekableByteChannel channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(path, "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static Path parentOf(Path path) throws IOException {
        return Optional.ofNullable(path.getParent()).orElseThrow(() -> new IOException("a root is no private file"));
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
