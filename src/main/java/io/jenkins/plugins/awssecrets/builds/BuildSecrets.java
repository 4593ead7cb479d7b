package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What one running build was given. Each secret is fetched once a build, whoever in the build asks for it
 * ({@code withAwsSecrets}, {@code withCredentials}, git, docker), so that all of them see one version; and everything
 * that was given is masked until the build ends.
 *
 * <p>Safe for use by several threads; parallel branches that ask at once wait for each other.
 */
public final class BuildSecrets {
    private static final Logger LOGGER = Logger.getLogger(BuildSecrets.class.getName());

    private final Run<?, ?> run;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Set<SecretValue> masked = new LinkedHashSet<>();
    private final Masker masker = Masker.of(List.of());
    private volatile Snapshot snapshot;

    BuildSecrets(Run<?, ?> run) {
        this.run = run;
        this.snapshot = restored(run);
        snapshot.payloads().values().stream()
                .filter(payload -> payload.confidential())
                .forEach(payload -> mask(List.of(payload.value())));
    }

    /** Those of a build that is running, made when first asked for. */
    public static BuildSecrets of(Run<?, ?> run) {
        return RunningBuilds.get().of(run);
    }

    /**
     * A snapshot that holds all these references; only what the build does not have yet is fetched.
     *
     * <p>Blocks on the network: never to be called on a CPS thread.
     *
     * @param view of the place that the build's job is in
     */
    public Snapshot resolve(CatalogView view, Collection<Reference> references, Deadline deadline) {
        lock();
        try {
            List<Reference> missing = references.stream()
                    .filter(reference -> !snapshot.payloads().containsKey(reference.locator()))
                    .toList();
            if (!missing.isEmpty()) {
                Snapshot fetched = view.resolver().resolve(missing, deadline);
                fetched.payloads().values().stream()
                        .filter(payload -> payload.confidential())
                        .forEach(payload -> mask(List.of(payload.value())));
                Snapshot all = snapshot.plus(fetched);
                StoredSnapshot.write(run, all);
                snapshot = all;
            }
            return snapshot;
        } catch (IOException e) {
            throw new SecretException(
                    Problem.INTERNAL,
                    "build " + run.getFullDisplayName(),
                    "its snapshot could not be written to the build's directory ("
                            + e.getClass().getSimpleName() + ")",
                    "check the controller's disk");
        } finally {
            fetching.unlock();
        }
    }

    /** What the build has so far. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Masks these values in the build's log from now on. */
    public void mask(Collection<SecretValue> values) {
        synchronized (masked) {
            if (!masked.addAll(values)) {
                return;
            }
        }
        masker.add(values);
    }

    /** What is masked so far, to be told to an agent. */
    public Collection<SecretValue> masked() {
        synchronized (masked) {
            return List.copyOf(masked);
        }
    }

    /** The masker of the build's log; grows with what the build is given. */
    public Masker masker() {
        return masker;
    }

    private void lock() {
        try {
            fetching.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(
                    Problem.ABORTED,
                    "build " + run.getFullDisplayName(),
                    "the wait for its secrets was aborted",
                    "run it again");
        }
    }

    private static Snapshot restored(Run<?, ?> run) {
        try {
            return StoredSnapshot.read(run);
        } catch (IOException | RuntimeException e) {
            // Fetched anew then, at the versions of now: said, as it may mix versions within the build.
            LOGGER.log(
                    Level.WARNING,
                    "The secrets of {0} could not be restored ({1}); they will be fetched again",
                    new Object[] {run, e.getClass().getSimpleName()});
            return Snapshot.EMPTY;
        }
    }
}
