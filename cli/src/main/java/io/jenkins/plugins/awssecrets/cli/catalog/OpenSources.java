package io.jenkins.plugins.awssecrets.cli.catalog;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sources that a command uses, and no others: a client costs time to load. */
public final class OpenSources implements AutoCloseable {
    private final Sources sources;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "source");
        thread.setDaemon(true);
        return thread;
    });

    private OpenSources(Sources sources) {
        this.sources = sources;
    }

    /**
     * Opens sources.
     *
     * @throws SecretException when one lacks what it needs
     */
    public static OpenSources of(Configuration configuration, Collection<String> ids) {
        List<SecretSource> opened = new ArrayList<>();
        try {
            for (String id : ids) {
                opened.add(GuardedSource.around(open(configuration.sources().get(id))));
            }
            return new OpenSources(new Sources(opened));
        } catch (RuntimeException e) {
            opened.forEach(SecretSource::close);
            throw e;
        }
    }

    /** Opens the sources that can be; {@code unusable} gets the others, each with its reason. */
    public static OpenSources thatOpen(
            Configuration configuration, Collection<String> ids, Map<String, SecretException> unusable) {
        List<SecretSource> opened = new ArrayList<>();
        for (String id : ids) {
            try {
                opened.add(GuardedSource.around(open(configuration.sources().get(id))));
            } catch (SecretException e) {
                unusable.put(id, e);
            }
        }
        return new OpenSources(new Sources(opened));
    }

    /** The sources that the references name. */
    public static OpenSources forReferences(Configuration configuration, Collection<Reference> references) {
        return of(
                configuration,
                references.stream().map(Reference::source).distinct().toList());
    }

    private static SecretSource open(SourceSpec spec) {
        if (spec instanceof SourceSpec.Aws aws) {
            AwsSettings settings = aws.settings().forOneRun();
            return aws.kind() == SourceKind.SSM
                    ? new SsmSource(aws.id(), settings, aws.filter())
                    : new SecretsManagerSource(aws.id(), settings, aws.filter());
        }
        if (spec instanceof SourceSpec.Vault vault) {
            vault.withheld().ifPresent(why -> {
                throw why;
            });
            return new VaultSource(vault.id(), vault.settings(), vault.filter());
        }
        throw ((SourceSpec.Unset) spec).why();
    }

    public Sources sources() {
        return sources;
    }

    /** For one task a source. */
    public ExecutorService threads() {
        return threads;
    }

    public Snapshot resolve(Collection<Reference> references, Deadline deadline) {
        return new Resolver(sources, threads).resolve(references, deadline);
    }

    @Override
    public void close() {
        sources.close();
        threads.shutdownNow();
    }
}
