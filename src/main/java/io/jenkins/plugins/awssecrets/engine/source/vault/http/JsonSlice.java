package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Cuts an object out of a JSON text by its byte offsets, so that nothing in it is read and written anew. */
final class JsonSlice {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonSlice() {}

    /** @return empty when there is no object at that place, or the text is not UTF-8 JSON */
    static Optional<byte[]> objectAt(byte[] json, String... names) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name : names) {
                if (!enter(parser, name)) {
                    return Optional.empty();
                }
            }
            long start = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            long end = parser.currentLocation().getByteOffset();
            return start < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(json, (int) start, (int) end));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean enter(JsonParser parser, String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(name);
            JsonToken value = parser.nextToken();
            if (found) {
                return value == JsonToken.START_OBJECT;
            }
            parser.skipChildren();
        }
        return false;
    }
}
