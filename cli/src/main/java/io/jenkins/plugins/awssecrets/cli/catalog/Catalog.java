package io.jenkins.plugins.awssecrets.cli.catalog;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The credentials there are: declared ones, then discovered ones, with what their sources tell of them without giving a
 * value. A declared credential hides a discovered one of its id.
 *
 * @param failures of sources that could not be searched, and of tags that name no kind
 */
public record Catalog(List<Entry> entries, List<SecretException> failures) {
    /**
     * @param metadata of the secret that holds its value; empty where no source listed it
     * @param otherId an id that it is found by too
     */
    public record Entry(
            CredentialDefinition definition,
            boolean declared,
            Optional<SecretMetadata> metadata,
            Optional<String> otherId) {
        public boolean isNamed(String id) {
            return definition.id().equals(id) || otherId.filter(id::equals).isPresent();
        }

        /** The folders of Jenkins that a discovered one is for; empty for all. */
        public List<String> folders() {
            return declared ? List.of() : metadata.map(Discovery::folders).orElse(List.of());
        }
    }

    private record Key(String source, String name) {}

    /** Lists sources: all in use where credentials are discovered, else those that declared ones name. */
    public static Catalog read(Configuration configuration, Deadline deadline) throws InterruptedException {
        Set<String> named = new LinkedHashSet<>();
        configuration.credentials().forEach(c -> c.references().forEach(r -> named.add(r.source())));
        List<SecretException> failures = new ArrayList<>();
        List<SecretMetadata> listed =
                list(configuration, configuration.discovery() ? configuration.inUse() : named, deadline, failures);
        Map<Key, SecretMetadata> byName = new LinkedHashMap<>();
        listed.forEach(m -> byName.put(new Key(m.source(), m.name()), m));
        List<Entry> entries = new ArrayList<>();
        for (CredentialDefinition declared : configuration.credentials()) {
            entries.add(new Entry(declared, true, metadata(declared, byName), Optional.empty()));
        }
        if (configuration.discovery()) {
            discover(configuration, listed, entries, failures);
        } else {
            // Listing was for the columns alone: a source that does not allow it is no error.
            failures.clear();
        }
        return new Catalog(List.copyOf(entries), List.copyOf(failures));
    }

    private static List<SecretMetadata> list(
            Configuration configuration, Set<String> ids, Deadline deadline, List<SecretException> failures)
            throws InterruptedException {
        List<SecretMetadata> listed = new ArrayList<>();
        Map<String, SecretException> unusable = new LinkedHashMap<>();
        try (OpenSources sources = OpenSources.thatOpen(configuration, ids, unusable)) {
            failures.addAll(unusable.values());
            List<Future<List<SecretMetadata>>> running = new ArrayList<>();
            for (SecretSource source : sources.sources().all()) {
                running.add(sources.threads().submit(() -> source.list(deadline)));
            }
            for (Future<List<SecretMetadata>> one : running) {
                try {
                    listed.addAll(one.get());
                } catch (ExecutionException e) {
                    failures.add(known(e.getCause()));
                }
            }
        }
        return listed;
    }

    private static SecretException known(Throwable cause) {
        return cause instanceof SecretException failure
                ? failure
                : new SecretException(
                        Problem.INTERNAL,
                        "list",
                        "an unexpected " + cause.getClass().getName(),
                        "report this as a defect");
    }

    private static void discover(
            Configuration configuration,
            List<SecretMetadata> listed,
            List<Entry> entries,
            List<SecretException> failures) {
        Set<String> declared = new LinkedHashSet<>();
        entries.forEach(e -> declared.add(e.definition().id()));
        for (SecretMetadata secret : listed) {
            SourceSpec source = configuration.sources().get(secret.source());
            try {
                Discovery discovery = new Discovery(source.kind(), source.filter());
                discovery
                        .definition(secret)
                        .filter(d -> !declared.contains(d.id()))
                        .ifPresent(
                                d -> entries.add(new Entry(d, false, Optional.of(secret), discovery.otherId(secret))));
            } catch (SecretException e) {
                failures.add(e);
            }
        }
    }

    /** Of the secret field's reference where there is one, as it is what rotates. */
    private static Optional<SecretMetadata> metadata(CredentialDefinition definition, Map<Key, SecretMetadata> byName) {
        return SecretReferences.of(definition).stream().findFirst().map(r -> byName.get(key(r)));
    }

    private static Key key(Reference reference) {
        return new Key(reference.source(), reference.name());
    }
}
