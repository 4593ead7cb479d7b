package io.jenkins.plugins.awssecrets.cli.output;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a run reads and writes: bytes, not characters of some locale.
 *
 * @param inIsNothing whether the input has nothing to say: the null device, as for a process in the background, or a
 *     terminal, which stops such a process that reads from it
 * @param outIsTerminal whether a person looks at the output
 */
public record Streams(InputStream in, OutputStream out, OutputStream err, boolean inIsNothing, boolean outIsTerminal) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Those of this process, unbuffered. */
    public static Streams ofProcess() {
        return new Streams(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                target("0").equals("/dev/null") || isTerminal(target("0")),
                outIsATerminal());
    }

    /** A printer of text in UTF-8. */
    public PrintStream errPrinter() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** Whether a person sits at both ends of this process. */
    public static boolean isAtTerminal() {
        return isTerminal(target("0")) && outIsATerminal();
    }

    /** {@link System#console()} wants standard input to be a terminal too, so the system is asked where it can be. */
    private static boolean outIsATerminal() {
        String target = target("1");
        return target.isEmpty() ? System.console() != null : isTerminal(target);
    }

    private static boolean isTerminal(String target) {
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    /** What a descriptor is open for; empty where the system does not tell. */
    private static String target(String descriptor) {
        try {
            return Files.readSymbolicLink(DESCRIPTORS.resolve(descriptor)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
