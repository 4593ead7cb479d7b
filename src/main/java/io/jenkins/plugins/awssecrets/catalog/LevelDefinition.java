package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.List;
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
     */
    public record Source(
            String id,
            SourceKind kind,
            SourceFilter filter,
            boolean discovered,
            Supplier<SecretSource> open,
            boolean configured,
            String identity) {
        public Source(
                String id,
                SourceKind kind,
                SourceFilter filter,
                boolean discovered,
                Supplier<SecretSource> open,
                boolean configured) {
            this(id, kind, filter, discovered, open, configured, id);
        }

        /** A configured one. */
        public Source(
                String id, SourceKind kind, SourceFilter filter, boolean discovered, Supplier<SecretSource> open) {
            this(id, kind, filter, discovered, open, true);
        }

        /** One that is there though nobody asked for it. */
        public Source byDefault() {
            return new Source(id, kind, filter, discovered, open, false, identity);
        }

        public Source identifiedBy(String other) {
            return new Source(id, kind, filter, discovered, open, configured, other);
        }
    }

    /**
     * A declared credential.
     *
     * @param system whether its scope is SYSTEM: for Jenkins itself and its agents, never for a job
     */
    public record Declared(CredentialDefinition definition, boolean system) {}
}
