package io.jenkins.plugins.awssecrets.step;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Finds made-up secrets on a disk: all of them begin with {@value #MARK}. */
final class Canaries {
    static final String MARK = "canary-";

    // The three ways base64 begins, by where in a group of three bytes the text starts.
    private static final List<String> MARKS = List.of(MARK, base64(MARK, 0), base64(MARK, 1), base64(MARK, 2));

    private Canaries() {}

    /** Files below a directory that hold a canary, plain or in base64, other than those of blocks that run. */
    static List<String> in(File directory) throws IOException {
        Path root = directory.toPath();
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(file -> !file.toString().contains("@tmp/aws-secrets-"))
                    .filter(file -> holds(root.resolve(file)))
                    .map(Path::toString)
                    .toList();
        } catch (UncheckedIOException e) {
            // A file went away while the tree was walked.
            return in(directory);
        }
    }

    private static boolean holds(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return MARKS.stream().anyMatch(text::contains);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(String text, int offset) {
        String encoded = Base64.getEncoder()
                .withoutPadding()
                .encodeToString(("\0".repeat(offset) + text).getBytes(StandardCharsets.UTF_8));
        int start = (offset * 8 + 5) / 6;
        return encoded.substring(start, encoded.length() - 1);
    }
}
