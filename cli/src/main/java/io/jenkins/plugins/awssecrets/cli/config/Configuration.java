package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run of the program has to work with.
 *
 * @param sources by id, the default ones included
 * @param declared ids of the sources that the file names; the other ones are there by default
 * @param discovery whether sources are searched for credentials by their tags
 * @param rules which builds of a Jenkins may use what
 * @param notes what to tell of the file
 */
public record Configuration(
        Map<String, SourceSpec> sources,
        Set<String> declared,
        List<CredentialDefinition> credentials,
        boolean discovery,
        ConfiguredRules rules,
        List<Note> notes) {

    public Configuration {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        declared = Collections.unmodifiableSet(new LinkedHashSet<>(declared));
        credentials = List.copyOf(credentials);
        notes = List.copyOf(notes);
    }

    public Map<String, SourceKind> kinds() {
        return sources.values().stream().collect(Collectors.toMap(SourceSpec::id, SourceSpec::kind));
    }

    public Optional<CredentialDefinition> credential(String id) {
        return credentials.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /**
     * The sources that somebody means to use: those of the file and those that its credentials name; without any, the
     * default ones that have what they need.
     */
    public Set<String> inUse() {
        Set<String> ids = new LinkedHashSet<>(declared);
        credentials.forEach(c -> c.references().forEach(r -> ids.add(r.source())));
        if (ids.isEmpty()) {
            sources.values().stream()
                    .filter(source -> !(source instanceof SourceSpec.Unset))
                    .forEach(source -> ids.add(source.id()));
        }
        return ids;
    }

    /**
     * The same with a region and a profile for the AWS sources that have none of their own.
     *
     * @param profile for those with the default chain
     */
    public Configuration withAwsDefaults(Optional<String> region, Optional<String> profile) {
        Map<String, SourceSpec> changed = new LinkedHashMap<>();
        sources.forEach((id, source) -> changed.put(
                id,
                source instanceof SourceSpec.Aws aws
                        ? new SourceSpec.Aws(
                                id, aws.kind(), with(aws.settings(), region, profile), aws.filter(), aws.builds())
                        : source));
        return new Configuration(changed, declared, credentials, discovery, rules, notes);
    }

    private static AwsSettings with(AwsSettings settings, Optional<String> region, Optional<String> profile) {
        AwsSettings inRegion = region.filter(any -> settings.region().isEmpty())
                .map(settings::withRegion)
                .orElse(settings);
        return profile.filter(any -> settings.login() instanceof AwsLogin.DefaultChain)
                .map(name -> inRegion.withLogin(new AwsLogin.Profile(name)))
                .orElse(inRegion);
    }
}
