package io.jenkins.plugins.awssecrets.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file cannot be read or written, in words. */
public final class FileFailure {
    private FileFailure() {}

    /** What goes on a sentence that begins with the file: {@code is a directory}. */
    public static String reason(Path file, IOException failure) {
        if (Files.isDirectory(file)) {
            return "is a directory, where a file is needed";
        } else if (failure instanceof NoSuchFileException) {
            return "does not exist";
        } else if (failure instanceof AccessDeniedException) {
            return "cannot be accessed by this user";
        }
        return "cannot be read or written";
    }
}
