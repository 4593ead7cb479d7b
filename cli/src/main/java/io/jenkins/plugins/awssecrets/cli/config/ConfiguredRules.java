package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The {@code allow} lists of a file. They are for Jenkins; a run of the program is no build and is not bound by them.
 *
 * @param sources by id of the source; one without rules is absent
 * @param credentials by id of the credential; one without rules is absent
 * @param system ids of the credentials of the scope SYSTEM, which no job sees
 */
public record ConfiguredRules(Map<String, AllowList> sources, Map<String, AllowList> credentials, Set<String> system) {
    static final ConfiguredRules NONE = new ConfiguredRules(Map.of(), Map.of(), Set.of());

    public ConfiguredRules {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        system = Set.copyOf(system);
        credentials = Collections.unmodifiableMap(new LinkedHashMap<>(credentials));
    }

    public AllowList ofSource(String id) {
        return sources.getOrDefault(id, AllowList.NONE);
    }

    public AllowList ofCredential(String id) {
        return credentials.getOrDefault(id, AllowList.NONE);
    }
}
