package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How {@code export} prints variables. */
enum VariablesFormat {
    /** Lines of {@code NAME=value} as docker compose and the dotenv libraries read them. */
    DOTENV {
        @Override
        String line(String name, String value) {
            if (value.matches("[A-Za-z0-9_./:@%+,=-]*")) {
                return name + "=" + value + "\n";
            }
            // Between single quotes nothing means anything, but dialects differ about a backslash.
            return value.indexOf('\'') < 0 && value.indexOf('\\') < 0 && value.indexOf('\r') < 0
                    ? name + "='" + value + "'\n"
                    : name + "=\""
                            + value.replace("\\", "\\\\")
                                    .replace("\"", "\\\"")
                                    .replace("$", "\\$")
                                    .replace("\r", "\\r")
                                    .replace("\n", "\\n")
                            + "\"\n";
        }
    },
    /** For {@code eval} in any POSIX shell. */
    SHELL {
        @Override
        String line(String name, String value) {
            return "export " + name + "='" + value.replace("'", "'\\''") + "'\n";
        }
    },
    /** An object. */
    JSON {
        @Override
        String line(String name, String value) {
            throw new IllegalStateException("JSON is written as a whole");
        }
    },
    /** For the file {@code $GITHUB_ENV}. */
    GITHUB {
        @Override
        String line(String name, String value) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            String end = "END_" + HexFormat.of().formatHex(random);
            return name + "<<" + end + "\n" + value + "\n" + end + "\n";
        }
    };

    static VariablesFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "option --format",
                        "unknown format",
                        "use "
                                + Arrays.stream(values())
                                        .map(VariablesFormat::word)
                                        .collect(Collectors.joining(", "))));
    }

    /** For the completion of shells. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(VariablesFormat::word).iterator();
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract String line(String name, String value);

    void write(BoundEnvironment bound, OutputStream out, Invocation invocation) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, SecretValue> variable : bound.variables().entrySet()) {
            if (!variable.getValue().isText() || variable.getValue().reveal().indexOf('\0') >= 0) {
                throw new SecretException(
                        Problem.BINARY,
                        "variable " + variable.getKey(),
                        "the value is binary where text is needed",
                        "bind it as a file with exec");
            }
            if (this != JSON) {
                text.append(line(variable.getKey(), variable.getValue().reveal()));
            }
        }
        if (this == JSON) {
            ValuesFormat.writeJson(bound.variables(), out);
            return;
        }
        if (this == GITHUB) {
            maskInWorkflow(bound, invocation);
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The runner reads its commands from the error output too, and shows the lines of them to nobody. */
    private static void maskInWorkflow(BoundEnvironment bound, Invocation invocation) {
        if (!"true".equals(invocation.environment().get("GITHUB_ACTIONS"))) {
            invocation.report().warn("not in a GitHub workflow: its log would not mask these values");
            return;
        }
        PrintStream commands = invocation.streams().errPrinter();
        bound.sensitive().stream()
                .map(name -> bound.variables().get(name).reveal())
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .distinct()
                .forEach(line -> commands.println(
                        "::add-mask::" + line.replace("%", "%25").replace("\r", "%0D")));
        commands.flush();
    }
}
