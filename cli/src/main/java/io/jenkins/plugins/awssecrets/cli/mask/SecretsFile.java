package io.jenkins.plugins.awssecrets.cli.mask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.awssecrets.engine.FileFailure;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with a JSON array of strings. Its errors give the place and nothing of what stands there. */
final class SecretsFile {
    private static final String EXPECTED = "expected a JSON array of strings, such as [\"one\", \"two\"]";

    private final Path file;

    SecretsFile(Path file) {
        this.file = file;
    }

    /** The strings' UTF-8 bytes, in the file's order. */
    List<SecretValue> read() {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = new JsonFactory().createParser(in)) {
            return read(parser);
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation(), "not valid JSON");
        } catch (IOException e) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "secrets file " + file,
                    "it " + FileFailure.reason(file, e),
                    "use a file that exists and that you may read");
        }
    }

    private List<SecretValue> read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw malformed(parser.currentTokenLocation(), "not an array");
        }
        List<SecretValue> secrets = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw malformed(parser.currentTokenLocation(), "entry " + (secrets.size() + 1) + " is not a string");
            }
            String text = parser.getText();
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw malformed(
                        parser.currentTokenLocation(),
                        "entry " + (secrets.size() + 1) + " has half of a surrogate pair");
            }
            secrets.add(SecretValue.of(text));
        }
        if (parser.nextToken() != null) {
            throw malformed(parser.currentTokenLocation(), "something after the array");
        }
        return secrets;
    }

    private SecretException malformed(JsonLocation at, String reason) {
        String place = at == null ? "" : ":" + Math.max(1, at.getLineNr()) + ":" + Math.max(1, at.getColumnNr());
        return new SecretException(Problem.MALFORMED, file + place, reason, EXPECTED);
    }
}
