package io.jenkins.plugins.awssecrets.builds;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.audit.UseAudit;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.masking.CompiledSets;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.BuildSessions;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * What one running build was given. Each secret is fetched once a build, whoever in the build asks for it
 * ({@code withAwsSecrets}, {@code withCredentials}, git, docker), so that all of them see one version; and everything
 * that was given is masked until the build ends.
 *
 * <p>Safe for use by several threads; parallel branches that ask at once wait for each other.
 */
public final class BuildSecrets {
    private final Run<?, ?> run;
    private final ReentrantLock fetching = new ReentrantLock();
    private final HiddenValues hidden;
    private final MaskedLog log;

    private volatile Given given;

    /** Whether it is noted that the file is to be removed, which is true of one that a restart found. */
    private boolean noted;

    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final BuildLeases leases;
    private final Holders holders;
    private final Admissions admissions;
    private final BuildIdentity identity;
    private final BuildSessions sessions;

    /**
     * @param compiled what the builds of this controller share
     * @param identity who the build reads as, from sources that do not read as the controller
     */
    BuildSecrets(Run<?, ?> run, CompiledSets compiled, BuildIdentity identity) {
        this.run = run;
        this.identity = identity;
        sessions = new BuildSessions(identity.keeping(Remainders.get().sessions(run, identity)));
        leases = new BuildLeases(run, identity, sessions, this::report);
        hidden = new HiddenValues(compiled);
        log = new MaskedLog(hidden.masker());
        noted = StoredSnapshot.exists(run);
        StoredSnapshot.Restored stored = StoredSnapshot.restored(run);
        given = new Given(stored.snapshots());
        holders = stored.holders();
        admissions =
                new Admissions(run, stored.allowed(), () -> RunningBuilds.get().rules(run));
        leases.keepFromBefore(given.leased());
        hidden.add(stored.masked());
    }

    /** Those of a build that is running, made when first asked for. */
    public static BuildSecrets of(Run<?, ?> run) {
        return RunningBuilds.get().of(run);
    }

    /** Those of a build that was given some; reads no disk. */
    public static Optional<BuildSecrets> given(Run<?, ?> run) {
        return RunningBuilds.get().known(run).filter(secrets -> !secrets.hidden.isEmpty());
    }

    /** Whether the build may use a credential. What was allowed when it began, or later, stays allowed until it ends. */
    public Decision admit(CatalogEntry credential) {
        return admissions.to(credential);
    }

    /** Whether the build may name a secret itself. */
    public Decision admit(CatalogView view, Reference reference) {
        return admissions.to(view, reference);
    }

    /** Whether it may be allowed to name some secret of a source. Asks nobody. */
    public boolean mayName(CatalogView view, String source) {
        return !hidden.isEmpty() || admissions.someReferences(view, source);
    }

    /**
     * A snapshot of what a credential reads, for who asked Jenkins for it by its id; only what the build does not have
     * yet is fetched. Leases among it are kept until the build ends.
     *
     * <p>Blocks on the network: never to be called on a CPS thread.
     *
     * @param audit takes what comes of it
     * @throws SecretException also where the build may not use the credential
     */
    public Snapshot resolve(CatalogEntry credential, Deadline deadline, UseAudit audit) {
        Decision decision = admit(credential);
        // In the place that declares it, which tells what a source's id means.
        CatalogView view = Catalog.get().in(credential.owner());
        return audit.of(decision, () -> resolve(view, credential.definition().references(), deadline, Holders.BUILD));
    }

    /**
     * What a block of the build was admitted to, which may end sooner than the build.
     *
     * @param holder the block, to be given to {@link #release} when it ends, also when this throws
     */
    public Snapshot resolve(CatalogView view, Collection<Reference> references, Deadline deadline, String holder) {
        lock();
        try {
            List<Reference> missing = references.stream()
                    .filter(reference -> !given.has(view, reference.locator()))
                    .toList();
            Given fetched = missing.isEmpty() ? Given.NOTHING : Given.in(view, fetch(view, missing, deadline));
            Given all = given.plus(fetched);
            Set<Placed> wanted = references.stream()
                    .map(Reference::locator)
                    .map(locator -> new Placed(view.placeOf(locator.source()), locator))
                    .collect(Collectors.toSet());
            wanted.retainAll(all.held());
            boolean held = holders.hold(holder, wanted);
            Set<String> allowed = admissions.added();
            if (held || !missing.isEmpty() || !allowed.isEmpty()) {
                StoredSnapshot change = new StoredSnapshot().allow(allowed);
                fetched.byPlace().forEach(change::give);
                store(change.hold(holder, wanted));
            }
            given = all;
            return all.seenFrom(view, references);
        } finally {
            fetching.unlock();
        }
    }

    private Snapshot fetch(CatalogView view, Collection<Reference> missing, Deadline deadline) {
        Map<Locator, Locator> asked = new LinkedHashMap<>();
        List<Reference> ofBuild = missing.stream()
                .map(reference -> {
                    Reference named = reference.forBuild(identity);
                    asked.put(named.locator(), reference.locator());
                    return named;
                })
                .toList();
        Snapshot fetched;
        try (WaitNotice ignored = WaitNotice.in(run, () -> view.waitedFor(sources(missing)), deadline)) {
            fetched = view.resolver(sessions::of).resolve(ofBuild, deadline).under(asked);
        }
        // First, for an abort may end what follows.
        fetched.payloads().forEach((locator, payload) -> payload.lease()
                .ifPresent(lease -> leases.keep(view.placeOf(locator.source()), locator, lease)));
        return fetched;
    }

    private static Set<String> sources(Collection<Reference> references) {
        return references.stream().map(Reference::source).collect(Collectors.toSet());
    }

    /** Who the build reads some references as, for an audit. Asks nobody. */
    public String identity(CatalogView view, Collection<Reference> references) {
        return BuildIdentities.words(sessions, view, references);
    }

    /**
     * A block has ended: revokes the leases that nobody else in the build holds. Who asks for them later in the build
     * gets new ones. Blocks on the network.
     */
    public void release(String holder) {
        Map<Placed, Lease> ended;
        fetching.lock();
        try {
            ended = given.leased();
            Set<Placed> over = given.held();
            boolean held = holders.holds(holder);
            over.retainAll(holders.release(holder));
            ended.keySet().retainAll(over);
            if (held) {
                store(new StoredSnapshot().release(holder));
                given = given.without(over);
            }
        } finally {
            fetching.unlock();
        }
        leases.revoke(ended);
    }

    /** Whether nothing in a build ends with a block. Waits for nobody: false where others read secrets just now. */
    public static boolean isFree(Run<?, ?> run, String holder) {
        return RunningBuilds.get()
                .known(run)
                .filter(secrets -> secrets.isFree(holder))
                .isPresent();
    }

    private boolean isFree(String holder) {
        if (!fetching.tryLock()) {
            return false;
        }
        try {
            return !holders.holds(holder);
        } finally {
            fetching.unlock();
        }
    }

    /** Whether the log tells this for the first time: what it told of a secret once, later blocks need not repeat. */
    public boolean isFirst(String told) {
        return reported.add(told);
    }

    /** Masks these values in the build's log from now on, also after a restart of the controller. */
    public void mask(Collection<SecretValue> values) {
        lock();
        try {
            List<SecretValue> added = hidden.add(values);
            if (!added.isEmpty()) {
                store(new StoredSnapshot().mask(added));
            }
        } finally {
            fetching.unlock();
        }
    }

    /** The masker of the build's log; grows with what the build is given. */
    public Masker masker() {
        return hidden.masker();
    }

    /** A stream of the build's log that hides what the build is given, now and later. */
    public OutputStream masked(OutputStream logger) {
        return log.stream(logger);
    }

    /** A step has ended: what is held back of its text, as a secret might begin there, is passed on. */
    public void stepEnded(String step) {
        log.release(step);
    }

    /** Nothing more is written by any step. */
    void complete() {
        leases.stop();
        log.release();
    }

    /** Ends what it logged in for, and lets it log in no more. Blocks on the network where a session is to be revoked. */
    void endSessions() {
        leases.endSessions(this::leased);
    }

    private Map<Placed, Lease> leased() {
        fetching.lock();
        try {
            return given.leased();
        } finally {
            fetching.unlock();
        }
    }

    /** Whether the build is over, as one that the controller's end ended is without a word to anybody. */
    boolean isOver() {
        return run.getResult() != null && !run.isLogUpdated();
    }

    /** A line of the build's log that belongs to no step. */
    private void report(String line) {
        RunningBuilds.get().log(run).ifPresent(log -> log.getLogger().println(line));
    }

    private void store(StoredSnapshot change) {
        if (!(run instanceof FlowExecutionOwner.Executable)) {
            // A build that no restart goes on with has nobody to read it.
            return;
        }
        if (!noted) {
            Remainders.get().file(run, StoredSnapshot.FILE);
            noted = true;
        }
        try {
            change.appendTo(run);
        } catch (IOException e) {
            throw new SecretException(
                    Problem.INTERNAL,
                    "build " + run.getFullDisplayName(),
                    "its snapshot could not be written to the build's directory ("
                            + e.getClass().getSimpleName() + ")",
                    "check the controller's disk");
        }
    }

    private void lock() {
        try {
            fetching.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw aborted();
        }
    }

    private SecretException aborted() {
        return new SecretException(
                Problem.ABORTED,
                "build " + run.getFullDisplayName(),
                "reading its secrets was aborted",
                "run it again");
    }
}
