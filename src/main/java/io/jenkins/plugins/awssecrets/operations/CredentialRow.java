package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialDescriptor;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A credential, on the page: where its fields come from and what is known of these, never a value. */
public final class CredentialRow {
    private static final int SHOWN_OF_A_VERSION = 12;

    private final CatalogEntry entry;
    private final Optional<Examined> examined;
    private final Map<String, SecretMetadata> known;
    private final Times times;

    /**
     * Where fields come from.
     *
     * @param names of those that come from there
     * @param from a reference; of what the configuration or a tag gives itself, only that
     */
    public record Field(String names, String from) {}

    /** What is known of a secret behind the fields. */
    public record Secret(String name, String text) {}

    /** @param known metadata of the secrets it refers to, by {@code source:name}, as far as there is any */
    CredentialRow(CatalogEntry entry, Optional<Examined> examined, Map<String, SecretMetadata> known, Times times) {
        this.entry = entry;
        this.examined = examined;
        this.known = known;
        this.times = times;
    }

    public String getId() {
        return entry.definition().id();
    }

    public String getKind() {
        return entry.definition().kind().symbol();
    }

    /** The kind as the forms name it. */
    public String getKindName() {
        return CredentialDescriptor.nameOf(entry.definition().kind());
    }

    public String getDescription() {
        return entry.definition().description();
    }

    public String getPlaceName() {
        return Places.name(entry.owner().getFullName());
    }

    /** Whether it was found by its secret's tags. */
    public boolean isDiscovered() {
        return entry.discovered();
    }

    public State getState() {
        return State.of(examined);
    }

    public List<Field> getFields() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        entry.definition().fields().forEach((name, value) -> names.computeIfAbsent(
                        from(value), from -> new ArrayList<>())
                .add(name));
        return names.entrySet().stream()
                .map(group -> new Field(String.join(", ", group.getValue()), group.getKey()))
                .toList();
    }

    /** Version, change and rotation of each secret behind it of which these are known. */
    public List<Secret> getSecrets() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        CredentialDefinition definition = entry.definition();
        definition.references().forEach(reference -> {
            String name = reference.source() + ":" + reference.name();
            Optional.ofNullable(known.get(name))
                    .or(() -> entry.metadata()
                            .filter(m -> m.name().equals(reference.name())
                                    && m.source().equals(reference.source())))
                    .ifPresent(metadata -> secrets.put(name, new Secret(name, text(metadata))));
        });
        return List.copyOf(secrets.values());
    }

    private String from(FieldValue value) {
        if (value instanceof FieldValue.Referenced referenced) {
            return referenced.reference().toString();
        }
        if (value instanceof FieldValue.Member member) {
            return "members of " + member.from();
        }
        // Its text is no secret, and yet somebody may have typed one.
        return entry.discovered() ? "in its tags" : "in the configuration";
    }

    private String text(SecretMetadata metadata) {
        List<String> parts = new ArrayList<>();
        metadata.version().ifPresent(version -> parts.add("version " + shortened(version)));
        metadata.changed().ifPresent(at -> parts.add("changed " + times.relative(at)));
        metadata.rotation().ifPresent(rotation -> parts.add(text(rotation)));
        return parts.isEmpty() ? "listed" : String.join(", ", parts);
    }

    private String text(Rotation rotation) {
        if (!rotation.enabled()) {
            return "not rotated";
        }
        return "rotated"
                + rotation.everyDays().map(days -> " every " + days + " days").orElse("")
                + rotation.last().map(at -> ", last " + times.relative(at)).orElse("")
                + rotation.next().map(at -> ", next " + times.relative(at)).orElse("");
    }

    private static String shortened(String version) {
        return version.length() <= SHOWN_OF_A_VERSION ? version : version.substring(0, SHOWN_OF_A_VERSION) + "\u2026";
    }
}
