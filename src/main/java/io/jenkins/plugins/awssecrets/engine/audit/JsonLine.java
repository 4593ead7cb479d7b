package io.jenkins.plugins.awssecrets.engine.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** An event as one line of JSON, which ends with a newline. What is empty is left out. */
public final class JsonLine {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** An error may name many references; no more of it than this is of use in a line. */
    private static final int LONGEST_REASON = 2000;

    private JsonLine() {}

    public static byte[] of(AuditEvent event) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("time", event.time().toString());
            out.writeStringField("outcome", event.outcome().word());
            text(out, "controller", event.controller());
            text(out, "job", event.job());
            text(out, "build", event.build());
            texts(out, "startedBy", event.startedBy());
            text(out, "identity", event.identity());
            text(out, "use", event.use());
            text(out, "credential", event.credential());
            reads(out, event.reads());
            String reason = event.reason();
            text(out, "reason", reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
            out.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void reads(JsonGenerator out, List<AuditEvent.Read> reads) throws IOException {
        if (reads.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("reads");
        for (AuditEvent.Read read : reads) {
            out.writeStartObject();
            text(out, "reference", read.reference());
            text(out, "source", read.source());
            text(out, "version", read.version().orElse(""));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (String text : texts) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    }

    private static void text(JsonGenerator out, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            out.writeStringField(name, text);
        }
    }
}
