package io.jenkins.plugins.awssecrets.step;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.binding.PrivateFileWriter;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Writes a block's files on its agent. */
final class PrivateFiles extends MasterToSlaveFileCallable<Map<String, String>> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> paths = new ArrayList<>();
    private final ArrayList<String> names = new ArrayList<>();
    private final ArrayList<byte[]> contents = new ArrayList<>();
    private final LinkedHashMap<String, String> variables = new LinkedHashMap<>();
    private final UserSettings user;

    private PrivateFiles(List<BoundFile> files, UserSettings user) {
        this.user = user;
        for (BoundFile file : files) {
            paths.add(file.path());
            contents.add(file.content().bytes());
            if (!file.renewed()) {
                variables.put(file.variable(), file.variablePath());
            }
            names.add(file.variable());
        }
    }

    /**
     * Writes the files.
     *
     * @param directory to be made
     * @param user what tools read without them
     * @return absolute paths by variable
     */
    static Map<String, String> write(List<BoundFile> files, FilePath directory, UserSettings user)
            throws IOException, InterruptedException {
        return directory.act(new PrivateFiles(files, user));
    }

    /** Puts those that are renewed in the place of those that were written. */
    static void replace(List<BoundFile> files, FilePath directory) throws IOException, InterruptedException {
        LinkedHashMap<String, byte[]> renewed = new LinkedHashMap<>();
        files.stream()
                .filter(BoundFile::renewed)
                .forEach(file -> renewed.put(file.path(), file.content().bytes()));
        directory.act(new Replacing(renewed));
    }

    private static final class Replacing extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final LinkedHashMap<String, byte[]> contents;

        Replacing(LinkedHashMap<String, byte[]> contents) {
            this.contents = contents;
        }

        @Override
        public Void invoke(File directory, VirtualChannel channel) throws IOException {
            PrivateFileWriter writer = new PrivateFileWriter(directory.toPath());
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                writer.replace(file.getKey(), file.getValue());
            }
            return null;
        }
    }

    @Override
    public Map<String, String> invoke(File file, VirtualChannel channel) throws IOException {
        Path directory = file.toPath();
        Files.createDirectories(parentOf(directory));
        Files.createDirectory(directory, PrivateFileWriter.forOwner());
        PrivateFileWriter writer = new PrivateFileWriter(directory);
        for (int i = 0; i < paths.size(); i++) {
            SecretValue content = user.content(names.get(i), SecretValue.of(contents.get(i)), directory);
            writer.write(paths.get(i), content.bytes());
        }
        String dockers = variables.get(VariableNames.DOCKER_CONFIG);
        if (dockers != null) {
            user.docker().linkInto(directory.resolve(dockers));
        }
        Map<String, String> absolute = new LinkedHashMap<>();
        variables.forEach((variable, path) ->
                absolute.put(variable, directory.resolve(path).toString()));
        return absolute;
    }

    private static Path parentOf(Path path) throws IOException {
        return Optional.ofNullable(path.getParent()).orElseThrow(() -> new IOException("a root is no private file"));
    }
}
