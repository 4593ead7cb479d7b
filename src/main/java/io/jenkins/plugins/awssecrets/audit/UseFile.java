package io.jenkins.plugins.awssecrets.audit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The uses of one build, a line of JSON each, in its directory. Appended to: in {@code build.xml} each block would write
 * those of all blocks before it.
 */
final class UseFile {
    private static final Logger LOGGER = Logger.getLogger(UseFile.class.getName());
    static final String NAME = "aws-secrets-uses.jsonl";

    private static final JsonMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectWriter WRITER = JSON.writerFor(SecretUse.class);

    private final Path file;

    UseFile(Run<?, ?> run) {
        file = run.getRootDir().toPath().resolve(NAME);
    }

    void append(Collection<SecretUse> uses) throws IOException {
        List<String> lines = new ArrayList<>();
        for (SecretUse use : uses) {
            lines.add(WRITER.writeValueAsString(use));
        }
        Files.write(file, lines, CREATE, APPEND);
    }

    /** In the order in which they were; without a line that the controller's end cut short. */
    List<SecretUse> read() throws IOException {
        List<SecretUse> uses = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                try {
                    uses.add(JSON.readValue(line, SecretUse.class));
                } catch (JsonProcessingException e) {
                    LOGGER.log(Level.FINE, "{0} has a line that is no use: {1}", new Object[] {file, e.getClass()});
                }
            }
        }
        return uses;
    }
}
