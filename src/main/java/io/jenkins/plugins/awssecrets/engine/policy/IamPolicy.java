package io.jenkins.plugins.awssecrets.engine.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * An identity-based policy.
 *
 * @param caller whom it is for, for people
 * @param sources ids of the sources that call as that caller
 * @param notes what could not be known, each a sentence without a full stop
 */
public record IamPolicy(String caller, List<String> sources, List<IamStatement> statements, List<String> notes) {
    public IamPolicy {
        sources = List.copyOf(sources);
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }

    /** The policy document (IAM user guide, JSON policy elements). */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonFactory.builder().build().createGenerator(text)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeStringField("Version", "2012-10-17");
            out.writeArrayFieldStart("Statement");
            for (IamStatement statement : statements) {
                write(out, statement);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator out, IamStatement statement) throws IOException {
        out.writeStartObject();
        out.writeStringField("Sid", statement.sid());
        out.writeStringField("Effect", "Allow");
        texts(out, "Action", statement.actions());
        texts(out, "Resource", statement.resources());
        if (!statement.conditions().isEmpty()) {
            out.writeObjectFieldStart("Condition");
            for (Map.Entry<String, Map<String, String>> operator :
                    statement.conditions().entrySet()) {
                out.writeObjectFieldStart(operator.getKey());
                for (Map.Entry<String, String> key : operator.getValue().entrySet()) {
                    out.writeStringField(key.getKey(), key.getValue());
                }
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void texts(JsonGenerator out, String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
