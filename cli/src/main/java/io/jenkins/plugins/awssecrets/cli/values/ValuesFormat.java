package io.jenkins.plugins.awssecrets.cli.values;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** How {@code get} prints values. */
enum ValuesFormat {
    /** The bytes of one value; on a terminal with a line end. */
    RAW {
        @Override
        void write(Map<String, SecretValue> values, OutputStream out, boolean terminal) throws IOException {
            for (SecretValue value : values.values()) {
                out.write(value.bytes());
            }
            if (terminal) {
                out.write('\n');
            }
        }
    },
    /** A line a value. */
    LINES {
        @Override
        void write(Map<String, SecretValue> values, OutputStream out, boolean terminal) throws IOException {
            for (Map.Entry<String, SecretValue> value : values.entrySet()) {
                part(value, '\n', "a line end", out);
            }
        }
    },
    /** A NUL byte after each value. */
    NUL {
        @Override
        void write(Map<String, SecretValue> values, OutputStream out, boolean terminal) throws IOException {
            for (Map.Entry<String, SecretValue> value : values.entrySet()) {
                part(value, '\0', "a NUL byte", out);
            }
        }
    },
    /** An object, by what was asked for. */
    JSON {
        @Override
        void write(Map<String, SecretValue> values, OutputStream out, boolean terminal) throws IOException {
            writeJson(values, out);
        }
    };

    static final class Words extends FormatWords<ValuesFormat> {
        Words() {
            super(ValuesFormat.class);
        }
    }

    abstract void write(Map<String, SecretValue> values, OutputStream out, boolean terminal) throws IOException;

    /** An object of texts, in their order, with a line end. */
    static void writeJson(Map<String, SecretValue> values, OutputStream out) throws IOException {
        for (Map.Entry<String, SecretValue> value : values.entrySet()) {
            if (!value.getValue().isText()) {
                throw new SecretException(
                        Problem.BINARY,
                        value.getKey(),
                        "the value is binary, which no JSON text can be",
                        "read it by itself with get, or bind it as a file with exec");
            }
        }
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            for (Map.Entry<String, SecretValue> value : values.entrySet()) {
                json.writeStringField(value.getKey(), value.getValue().reveal());
            }
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void part(Map.Entry<String, SecretValue> value, char end, String what, OutputStream out)
            throws IOException {
        byte[] bytes = value.getValue().bytes();
        for (byte b : bytes) {
            if (b == end) {
                throw new SecretException(
                        Problem.WRONG_SHAPE,
                        value.getKey(),
                        "the value has " + what + " in it, which parts values in this format",
                        "use --format json");
            }
        }
        out.write(bytes);
        out.write(end);
    }
}
