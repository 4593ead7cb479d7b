package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.sources.DefaultSources;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.SecretSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Gives any file of configuration as code the values of references: {@code ${sm:ci/docker#password}}. They are read
 * through the sources that are there by default, set up by Jenkins' environment: what the file itself configures is not
 * there yet when it is read.
 *
 * <p>One load of the configuration reads each secret once, so that its fields match each other.
 */
@Extension(optional = true)
public final class EnvironmentSecretSource extends SecretSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ONE_LOAD = Duration.ofMinutes(2);

    private final Map<String, String> environment;
    private Snapshot snapshot = Snapshot.EMPTY;

    public EnvironmentSecretSource() {
        this(System.getenv());
    }

    EnvironmentSecretSource(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Begins a load; values of the one before are dropped. */
    @Override
    public synchronized void init() {
        snapshot = Snapshot.EMPTY;
        Timer.get().schedule(this::drop, ONE_LOAD.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * The value of a reference.
     *
     * @return empty for what is no reference to a default source, so that other secret sources are asked
     * @throws ConfiguratorException for a reference that is malformed or cannot be read: a configuration with an empty
     *     text in a secret's place would be worse than none
     */
    @Override
    public Optional<String> reveal(String text) {
        boolean ours =
                Arrays.stream(SourceKind.values()).anyMatch(kind -> Reference.startsWithSource(text, kind.defaultId()));
        if (!ours) {
            return Optional.empty();
        }
        try {
            return Optional.of(escaped(read(new DefinitionParser(DefaultSources.KINDS).reference("${...}", text))));
        } catch (SecretException e) {
            throw new ConfiguratorException(e.getMessage());
        }
    }

    private synchronized String read(Reference reference) {
        if (!snapshot.payloads().containsKey(reference.locator())) {
            SourceKind kind = DefaultSources.KINDS.get(reference.source());
            try (Sources sources = new Sources(List.of(new DefaultSources(environment).source(kind)))) {
                Resolver resolver = new Resolver(sources, Catalog.get().executor());
                snapshot = snapshot.plus(resolver.resolve(List.of(reference), Deadline.in(PATIENCE)));
            }
        }
        return snapshot.value(reference, false, false).reveal();
    }

    private synchronized void drop() {
        snapshot = Snapshot.EMPTY;
    }

    /** A value that looks like a variable itself is to stay as it is. */
    private static String escaped(String value) {
        return value.replace("${", "^${");
    }
}
