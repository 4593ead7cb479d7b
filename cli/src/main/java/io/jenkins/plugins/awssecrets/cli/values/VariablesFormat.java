package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How {@code export} prints variables. */
enum VariablesFormat {
    /** Lines of {@code NAME=value} as docker compose and the dotenv libraries read them. */
    DOTENV {
        @Override
        String line(String name, String value) {
            if (PLAIN.matcher(value).matches()) {
                return name + "=" + value + "\n";
            }
            if (value.indexOf('\'') < 0 && value.indexOf('\r') < 0) {
                return name + "='" + value + "'\n";
            }
            // A shell that reads the file runs what is between backticks.
            return name + "=\"" + value.replaceAll("[\\\\\"$`]", "\\\\$0").replace("\r", "\\r") + "\"\n";
        }

        @Override
        boolean isReadAlike(String value) {
            return PLAIN.matcher(value).matches()
                    || (value.indexOf('\'') < 0
                            ? LITERAL_IN_SINGLE_QUOTES.matcher(value).matches()
                            : LITERAL_IN_DOUBLE_QUOTES.matcher(value).matches());
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

    static final class Words extends FormatWords<VariablesFormat> {
        Words() {
            super(VariablesFormat.class);
        }
    }

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");
    /** One reader takes two backslashes for one, and puts variables in between single quotes too. */
    private static final Pattern LITERAL_IN_SINGLE_QUOTES =
            Pattern.compile("(?!.*\\$\\{)(?!.*\\\\(\\\\|$))[^\r]*", Pattern.DOTALL);

    private static final Pattern LITERAL_IN_DOUBLE_QUOTES = Pattern.compile("[^\"\\\\$`\r]*");

    abstract String line(String name, String value);

    /** Whether all programs that read the format get this value. */
    boolean isReadAlike(String value) {
        return true;
    }

    void write(BoundEnvironment bound, OutputStream out, Invocation invocation) throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> doubtful = new ArrayList<>();
        for (Map.Entry<String, SecretValue> variable : bound.variables().entrySet()) {
            if (!variable.getValue().isText() || variable.getValue().reveal().indexOf('\0') >= 0) {
                throw new SecretException(
                        Problem.BINARY,
                        "variable " + variable.getKey(),
                        "the value is binary where text is needed",
                        "bind it as a file with exec");
            }
            if (!isReadAlike(variable.getValue().reveal())) {
                doubtful.add(variable.getKey());
            }
            if (this != JSON) {
                text.append(line(variable.getKey(), variable.getValue().reveal()));
            }
        }
        if (!doubtful.isEmpty()) {
            invocation
                    .report()
                    .warn("variable " + String.join(", ", doubtful)
                            + ": programs that read dotenv files differ about the"
                            + " quotes, backslashes or '$' in the value; use --format json or shell where you can");
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
