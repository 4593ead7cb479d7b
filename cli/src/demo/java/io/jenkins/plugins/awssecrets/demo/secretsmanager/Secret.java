package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A secret with its versions. Guarded by the lock of its service. */
final class Secret {
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    final String name;
    final String arn;
    final Instant created;
    Instant changed;
    String description;
    String key;
    boolean kmsDenied;
    Optional<String> keyState = Optional.empty();
    Optional<Instant> deleted = Optional.empty();
    Optional<SecretSeed.Rotation> rotation = Optional.empty();
    final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, Version> versions = new LinkedHashMap<>();

    Secret(String name, String arn, Instant created, String description, String key) {
        this.name = name;
        this.arn = arn;
        this.created = created;
        this.changed = created;
        this.description = description;
        this.key = key;
    }

    Map<String, Version> versions() {
        return versions;
    }

    void add(Version version) {
        versions.put(version.id(), version);
        changed = version.created();
    }

    Optional<Version> version(String id) {
        return Optional.ofNullable(versions.get(id));
    }

    Optional<Version> stage(String stage) {
        return versions.values().stream()
                .filter(v -> v.stages().contains(stage))
                .findFirst();
    }

    /** Attaches the stage to the version alone; AWSCURRENT leaves AWSPREVIOUS where it was. */
    void move(String stage, Version to) {
        Optional<Version> from = stage(stage);
        from.ifPresent(v -> v.stages().remove(stage));
        to.stages().add(stage);
        if (stage.equals(CURRENT) && from.isPresent() && from.get() != to) {
            move(PREVIOUS, from.get());
            to.stages().remove(PREVIOUS);
        }
    }

    /** @param binary in base64, as the wire has it */
    record Version(String id, Optional<String> string, Optional<String> binary, Instant created, Set<String> stages) {
        static Version of(String id, Optional<String> string, Optional<String> binary, Instant created) {
            return new Version(id, string, binary, created, new LinkedHashSet<>());
        }

        @Override
        public String toString() {
            return "Version[" + id + "]";
        }
    }
}
