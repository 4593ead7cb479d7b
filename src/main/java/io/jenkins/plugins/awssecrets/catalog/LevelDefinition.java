package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one place declares: the global configuration, or a folder's property.
 *
 * @param sources in the order of the configuration
 * @param credentials makes the declared credentials, given a parser that knows the sources of this place and above
 * @param discovery whether secrets with tags become credentials
 * @param lifetime how long metadata is fresh
 */
public record LevelDefinition(
        List<Source> sources,
        Function<DefinitionParser, List<Declared>> credentials,
        boolean discovery,
        Duration lifetime) {

    public LevelDefinition {
        sources = List.copyOf(sources);
    }

    /**
     * A source that is opened when it is first asked for something.
     *
     * @param discovered whether its secrets with tags become credentials, where the place allows it
     * @param open makes the source; must not use the network
     * @param configured whether somebody asked for it, so that its trouble is worth a warning; the other ones are there
     *     by default
     * @param identity changes when the source leads elsewhere or lists something else: what was known of it is then
     *     of no more use. No secret; fit for a file's name
     * @param settings all that {@code open} makes the source of, told so that no secret can be read out of it: while it
     *     is the same, the source that is open goes on after a change of the configuration. Empty where that is not
     *     known
     * @param allow the direct references that it takes
     */
    public record Source(
            String id,
            SourceKind kind,
            SourceFilter filter,
            boolean discovered,
            Supplier<SecretSource> open,
            boolean configured,
            String identity,
            Optional<String> settings,
            AllowList allow) {
        public Source(
                String id,
                SourceKind kind,
                SourceFilter filter,
                boolean discovered,
                Supplier<SecretSource> open,
                boolean configured) {
            this(id, kind, filter, discovered, open, configured, id, Optional.empty(), AllowList.NONE);
        }

        /** A configured one. */
        public Source(
                String id, SourceKind kind, SourceFilter filter, boolean discovered, Supplier<SecretSource> open) {
            this(id, kind, filter, discovered, open, true);
        }

        /** One that is there though nobody asked for it. */
        public Source byDefault() {
            return new Source(id, kind, filter, discovered, open, false, identity, settings, allow);
        }

        public Source identifiedBy(String other) {
            return new Source(id, kind, filter, discovered, open, configured, other, settings, allow);
        }

        public Source madeOf(String all) {
            return new Source(id, kind, filter, discovered, open, configured, identity, Optional.of(all), allow);
        }

        public Source allowing(AllowList rules) {
            return new Source(id, kind, filter, discovered, open, configured, identity, settings, rules);
        }

        /** Whether a source that was opened for the other one is what would be opened for this one. */
        boolean isSameAs(Source other) {
            return settings.isPresent()
                    && settings.equals(other.settings)
                    && id.equals(other.id)
                    && kind == other.kind
                    && filter.equals(other.filter)
                    && discovered == other.discovered
                    && configured == other.configured
                    && identity.equals(other.identity);
        }
    }

    /**
     * A declared credential.
     *
     * @param system whether its scope is SYSTEM: for Jenkins itself and its agents, never for a job
     * @param allow who may use it
     */
    public record Declared(CredentialDefinition definition, boolean system, AllowList allow) {
        /** One for every build that sees it. */
        public Declared(CredentialDefinition definition, boolean system) {
            this(definition, system, AllowList.NONE);
        }
    }
}
