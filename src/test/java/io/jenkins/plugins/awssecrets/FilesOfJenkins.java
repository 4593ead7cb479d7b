package io.jenkins.plugins.awssecrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** What Jenkins keeps on disk. */
public final class FilesOfJenkins {
    private FilesOfJenkins() {}

    /** Those that hold a text, but for what is of plugins and of Jenkins itself. */
    public static List<Path> with(String text) throws IOException {
        try (Stream<Path> files = Files.walk(Jenkins.get().getRootDir().toPath())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/plugins/")
                            && !file.toString().contains("/war/"))
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
