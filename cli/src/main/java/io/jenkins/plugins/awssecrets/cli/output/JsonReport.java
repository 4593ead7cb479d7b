package io.jenkins.plugins.awssecrets.cli.output;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Prints a JSON array of objects, indented. */
public final class JsonReport {
    private final OutputStream out;

    public JsonReport(OutputStream out) {
        this.out = out;
    }

    public <T> void array(List<T> items, Writer<T> writer) throws IOException {
        JsonFactory json = JsonFactory.builder()
                .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator generator = json.createGenerator(out, JsonEncoding.UTF8)) {
            generator.useDefaultPrettyPrinter();
            generator.writeStartArray();
            for (T item : items) {
                generator.writeStartObject();
                writer.write(generator, item);
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeRaw('\n');
        }
        out.flush();
    }

    /** Writes the fields of one object. */
    public interface Writer<T> {
        void write(JsonGenerator generator, T item) throws IOException;
    }
}
