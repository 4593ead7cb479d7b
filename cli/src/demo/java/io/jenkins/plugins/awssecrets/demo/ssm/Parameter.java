package io.jenkins.plugins.awssecrets.demo.ssm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A parameter with its versions. Guarded by the lock of its service. */
final class Parameter {
    final String name;
    final String type;
    String description;
    String key;
    boolean kmsDenied;
    Optional<String> keyState = Optional.empty();
    String tier = "Standard";
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<Version> versions = new ArrayList<>();

    Parameter(String name, String type, String description, String key) {
        this.name = name;
        this.type = type;
        this.description = description;
        this.key = key;
    }

    boolean isSecure() {
        return type.equals("SecureString");
    }

    Version newest() {
        return versions.get(versions.size() - 1);
    }

    Version add(String value, Instant changed) {
        Version version = new Version(versions.size() + 1, value, changed, new LinkedHashSet<>());
        versions.add(version);
        return version;
    }

    /** @param selector a version number or a label */
    Optional<Version> version(String selector) {
        return versions.stream()
                .filter(v -> Integer.toString(v.number()).equals(selector)
                        || v.labels().contains(selector))
                .findFirst();
    }

    record Version(int number, String value, Instant changed, Set<String> labels) {
        @Override
        public String toString() {
            return "Version[" + number + "]";
        }
    }
}
