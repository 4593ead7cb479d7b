package io.jenkins.plugins.awssecrets.engine.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
            Files.write(draft, JSON.writeValueAsBytes(json(listing)));
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
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
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

    private ObjectNode json(Listing listing) {
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("source", source);
        listing.asOf().ifPresent(at -> root.put("asOf", at.toString()));
        ArrayNode secrets = root.putArray("secrets");
        for (SecretMetadata secret : listing.secrets()) {
            ObjectNode node = secrets.addObject().put("name", secret.name());
            node.put("description", secret.description());
            ObjectNode tags = node.putObject("tags");
            secret.tags().forEach((key, value) -> {
                if (key.startsWith(TAG_PREFIX)) {
                    tags.put(key, value);
                }
            });
            secret.version().ifPresent(v -> node.put("version", v));
            secret.changed().ifPresent(c -> node.put("changed", c.toString()));
            secret.rotation().ifPresent(rotation -> write(rotation, node.putObject("rotation")));
        }
        return root;
    }

    private static void write(Rotation rotation, ObjectNode node) {
        node.put("enabled", rotation.enabled());
        rotation.everyDays().ifPresent(days -> node.put("everyDays", days));
        rotation.last().ifPresent(last -> node.put("last", last.toString()));
        rotation.next().ifPresent(next -> node.put("next", next.toString()));
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
