package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be examined beside the sources themselves.
 *
 * @param filters by source id; a source without one searches everything
 * @param credentials the declared ones
 * @param discovery whether sources are searched for credentials by their tags
 * @param unusable sources that could not be made, with the reason
 * @param unlisted sources that are not searched for credentials though others are: somebody else's, or of no use for it
 * @param elsewhere who else has a credential of an id, such as another plugin's provider, by that id
 */
public record Setup(
        Map<String, SourceFilter> filters,
        List<CredentialDefinition> credentials,
        boolean discovery,
        Set<String> unlisted,
        Map<String, SecretException> unusable,
        Map<String, String> elsewhere) {

    public Setup {
        filters = Map.copyOf(filters);
        credentials = List.copyOf(credentials);
        unlisted = Set.copyOf(unlisted);
        unusable = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(unusable));
        elsewhere = Map.copyOf(elsewhere);
    }

    /** All sources are searched, or none. */
    public Setup(
            Map<String, SourceFilter> filters,
            List<CredentialDefinition> credentials,
            boolean discovery,
            Map<String, SecretException> unusable,
            Map<String, String> elsewhere) {
        this(filters, credentials, discovery, Set.of(), unusable, elsewhere);
    }

    /** Whether a source is searched for credentials by their tags. */
    boolean discovers(String source) {
        return discovery && !unlisted.contains(source);
    }

    SourceFilter filter(String source) {
        return filters.getOrDefault(source, SourceFilter.NONE);
    }
}
