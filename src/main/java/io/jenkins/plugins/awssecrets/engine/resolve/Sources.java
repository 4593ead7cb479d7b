package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sources of one configuration. Owns them: closing it closes each. */
public final class Sources implements AutoCloseable {
    private final Map<String, SecretSource> byId = new LinkedHashMap<>();

    /** @throws IllegalArgumentException when two sources share an id */
    public Sources(Collection<? extends SecretSource> sources) {
        for (SecretSource source : sources) {
            if (byId.putIfAbsent(source.id(), source) != null) {
                throw new IllegalArgumentException("two sources have the id '" + source.id() + "'");
            }
        }
    }

    public Optional<SecretSource> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<SecretSource> all() {
        return java.util.Collections.unmodifiableCollection(byId.values());
    }

    public Map<String, SourceKind> kinds() {
        return byId.values().stream().collect(Collectors.toMap(SecretSource::id, SecretSource::kind));
    }

    @Override
    public void close() {
        byId.values().forEach(SecretSource::close);
    }
}
