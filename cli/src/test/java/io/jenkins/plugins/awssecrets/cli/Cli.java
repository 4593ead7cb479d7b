package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs the program inside of the test. */
public final class Cli {
    /** What a run gave. */
    public record Result(int status, byte[] output, String err) {
        public String out() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** Everything that was printed. */
        public String all() {
            return out() + err;
        }
    }

    private Cli() {}

    public static Result run(String... arguments) {
        return run(Map.of(), new byte[0], arguments);
    }

    /** A run whose output goes elsewhere, and is not in the result. */
    public static Result runInto(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new ByteArrayInputStream(new byte[0]), out, err, false, false);
        int status = new Program(streams, Map.of()).run(arguments);
        return new Result(status, new byte[0], err.toString(StandardCharsets.UTF_8));
    }

    public static Result run(Map<String, String> environment, byte[] input, String... arguments) {
        return run(environment, input, false, arguments);
    }

    public static Result run(Map<String, String> environment, byte[] input, boolean terminal, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new ByteArrayInputStream(input), out, err, false, terminal);
        int status = new Program(streams, environment).run(arguments);
        return new Result(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }
}
