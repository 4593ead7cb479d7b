package io.jenkins.plugins.awssecrets.engine.resolve;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A listing on disk, for the next start: names, descriptions, the tags that make credentials, versions and dates. A file
 * that is missing, damaged or of another format is as good as none.
 */
public final class ListingFile {
    private static final int FORMAT = 1;
    private static final String TAG_PREFIX = "jenkins:";
    private static final JsonFactory JSON = new JsonFactory();

    private final String source;
    private final Path file;

    public ListingFile(String source, Path file) {
        this.source = source;
        this.file = file;
    }

    /** Replaces the file in one step, so that a crash leaves the old or the new one. */
    public void write(Listing listing) throws IOException {
        Path directory = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(directory);
        Path draft = Files.createTempFile(directory, "listing", ".tmp");
        try {
            try (JsonGenerator json = JSON.createGenerator(Files.newOutputStream(draft), JsonEncoding.UTF8)) {
                write(listing, json);
            }
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    public boolean isThere() {
        return Files.exists(file);
    }

    public Optional<Listing> read() {
        try {
            JsonNode root = JsonTree.read(Files.readAllBytes(file)).orElseGet(JsonTree::object);
            if (root.path("format").asInt() != FORMAT
                    || !root.path("source").asText().equals(source)) {
                return Optional.empty();
            }
            List<SecretMetadata> secrets = new ArrayList<>();
            root.path("secrets").forEach(node -> secrets.add(secret(node)));
            return Optional.of(new Listing(secrets, instant(root, "asOf"), Optional.empty()));
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Written as it goes, as what makes whole trees of it takes longer to load than to write ten thousand secrets. */
    private void write(Listing listing, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("source", source);
        write("asOf", listing.asOf(), json);
        json.writeArrayFieldStart("secrets");
        for (SecretMetadata secret : listing.secrets()) {
            json.writeStartObject();
            json.writeStringField("name", secret.name());
            json.writeStringField("description", secret.description());
            json.writeObjectFieldStart("tags");
            for (Map.Entry<String, String> tag : secret.tags().entrySet()) {
                if (tag.getKey().startsWith(TAG_PREFIX)) {
                    json.writeStringField(tag.getKey(), tag.getValue());
                }
            }
            json.writeEndObject();
            write("version", secret.version(), json);
            write("changed", secret.changed(), json);
            if (secret.rotation().isPresent()) {
                json.writeObjectFieldStart("rotation");
                write(secret.rotation().get(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Rotation rotation, JsonGenerator json) throws IOException {
        json.writeBooleanField("enabled", rotation.enabled());
        if (rotation.everyDays().isPresent()) {
            json.writeNumberField("everyDays", rotation.everyDays().get());
        }
        write("last", rotation.last(), json);
        write("next", rotation.next(), json);
    }

    private static void write(String name, Optional<?> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get().toString());
        }
    }

    private SecretMetadata secret(JsonNode node) {
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("tags")
                .fields()
                .forEachRemaining(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        JsonNode rotation = node.path("rotation");
        return new SecretMetadata(
                source,
                node.path("name").asText(),
                node.path("description").asText(),
                tags,
                node.has("version") ? Optional.of(node.get("version").asText()) : Optional.empty(),
                instant(node, "changed"),
                rotation.isObject()
                        ? Optional.of(new Rotation(
                                rotation.path("enabled").asBoolean(),
                                rotation.has("everyDays")
                                        ? Optional.of(rotation.get("everyDays").asInt())
                                        : Optional.empty(),
                                instant(rotation, "last"),
                                instant(rotation, "next")))
                        : Optional.empty());
    }

    private static Optional<Instant> instant(JsonNode node, String name) {
        return node.has(name) ? Optional.of(Instant.parse(node.get(name).asText())) : Optional.empty();
    }
}
