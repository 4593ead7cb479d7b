package io.jenkins.plugins.awssecrets.cli.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository, as it is checked out. */
final class Repository {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    /** What builds write. */
    private static final Set<String> BUILT = Set.of("target", "work", ".git", ".tools");

    private Repository() {}

    static boolean has(String path) {
        return Files.exists(TOP.resolve(path));
    }

    static String read(String path) {
        return read(TOP.resolve(path));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String path) {
        return read(path).lines().toList();
    }

    /** The files below a directory whose names end so, without what builds write. */
    static List<Path> files(String directory, String ending) {
        try (Stream<Path> files = Files.walk(TOP.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .filter(file -> Stream.iterate(file, path -> !path.equals(TOP), Path::getParent)
                            .noneMatch(path -> BUILT.contains(path.getFileName().toString())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
