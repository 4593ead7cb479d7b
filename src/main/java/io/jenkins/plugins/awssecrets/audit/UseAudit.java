package io.jenkins.plugins.awssecrets.audit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Outcome;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Read;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One use of a credential or of a single value: what comes of it is one event, and a line of the build's page where it is
 * a build that uses it. Safe for use by several threads.
 */
public final class UseAudit {
    @CheckForNull
    private final Run<?, ?> run;

    private final String job;
    private final String name;
    private final String kind;
    private final String credential;
    private final List<Reference> references;
    private final boolean again;
    private final Supplier<String> identity;
    private Outcome told;

    private UseAudit(
            @CheckForNull Run<?, ?> run,
            String job,
            String name,
            String kind,
            String credential,
            Collection<Reference> references,
            boolean again,
            Supplier<String> identity) {
        this.run = run;
        this.job = job;
        this.name = name;
        this.kind = kind;
        this.credential = credential;
        this.references = List.copyOf(references);
        this.again = again;
        this.identity = identity;
    }

    /**
     * A use by a binding of a block.
     *
     * @param name the credential's id, or the variable
     * @param kind the binding's symbol
     * @param credential id of the credential; empty for a direct reference
     * @param identity tells who it is read as, when it was read
     */
    public static UseAudit byBlock(
            Run<?, ?> run,
            String name,
            String kind,
            String credential,
            Collection<Reference> references,
            Supplier<String> identity) {
        return new UseAudit(run, run.getParent().getFullName(), name, kind, credential, references, true, identity);
    }

    /** What came to nothing before it was known what was to be read. */
    public static UseAudit ofNothing(Run<?, ?> run, String name, String kind) {
        return new UseAudit(
                run, run.getParent().getFullName(), name, kind, "", List.of(), true, () -> SecretSource.CONTROLLER);
    }

    /**
     * A use by its credentials id, of which each field is asked for by itself: told once.
     *
     * @param direct whether the id is a reference
     * @param identity tells who it is read as, when it was read
     */
    public static UseAudit byId(
            Run<?, ?> run,
            String id,
            String kind,
            boolean direct,
            Collection<Reference> references,
            Supplier<String> identity) {
        return byId(run, run.getParent().getFullName(), id, kind, direct, references, identity);
    }

    /**
     * The same outside of builds: when branches are indexed or an agent is started, say.
     *
     * @param job full name of the item that asks; empty for the controller itself
     */
    public static UseAudit outsideOfBuilds(
            String job, String id, String kind, boolean direct, Collection<Reference> references) {
        return byId(null, job, id, kind, direct, references, () -> SecretSource.CONTROLLER);
    }

    private static UseAudit byId(
            @CheckForNull Run<?, ?> run,
            String job,
            String id,
            String kind,
            boolean direct,
            Collection<Reference> references,
            Supplier<String> identity) {
        return new UseAudit(
                run, job, id, kind + ", via a credentials id", direct ? "" : id, references, false, identity);
    }

    /**
     * What is read where it is allowed.
     *
     * @throws SecretException where it is not, or reading fails
     */
    public Snapshot of(Decision decision, Supplier<Snapshot> reading) {
        try {
            decision.enforce();
            Snapshot snapshot = reading.get();
            used(snapshot, decision.reason());
            return snapshot;
        } catch (SecretException e) {
            failed(e);
            throw e;
        }
    }

    /** It was given. */
    public void used(Snapshot snapshot, String reason) {
        List<Read> reads = references.stream()
                .map(reference -> new Read(
                        reference.toString(),
                        reference.source(),
                        snapshot.payload(reference).version()))
                .toList();
        tell(Outcome.USED, reads, reason);
    }

    /** It was not given. */
    public void failed(SecretException why) {
        List<Read> reads = references.stream()
                .map(reference -> new Read(reference.toString(), reference.source(), Optional.empty()))
                .toList();
        boolean refused = why.problem() == Problem.REFUSED;
        tell(refused ? Outcome.REFUSED : Outcome.FAILED, reads, why.reason());
    }

    private void tell(Outcome outcome, List<Read> reads, String reason) {
        synchronized (this) {
            if (told == outcome) {
                return;
            }
            told = outcome;
        }
        Instant now = Instant.now();
        List<String> startedBy = run == null ? List.of() : SecretUses.startersOf(run);
        AuditLog.get()
                .record(new AuditEvent(
                        now,
                        outcome,
                        AuditLog.controller(),
                        job,
                        run == null ? "" : String.valueOf(run.getNumber()),
                        startedBy,
                        identity.get(),
                        kind,
                        credential,
                        reads,
                        reason));
        if (run != null) {
            SecretUses.record(
                    run,
                    SecretUse.of(now, String.join(", ", startedBy), name, kind, reads, outcome, reason),
                    again && outcome == Outcome.USED);
        }
    }
}
