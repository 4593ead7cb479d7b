package io.jenkins.plugins.awssecrets.cleanup;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Items;
import hudson.model.Run;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * All that has to be removed some day, each thing noted in a file of its own before it is made: what cannot be removed
 * when its block ends is removed when its agent comes back, its source answers, or the controller starts again.
 *
 * <p>Safe for use by several threads. Removing blocks on agents and sources: never to be done on a CPS thread.
 */
@Extension
public final class Remainders {
    private static final Logger LOGGER = Logger.getLogger(Remainders.class.getName());

    private static final Duration CALL = Duration.ofSeconds(10);

    /** Why a lease is not revoked that no later try would revoke. */
    private static final Set<Problem> FINAL = Set.of(Problem.DENIED, Problem.NOT_FOUND);

    private final Path directory = Jenkins.get().getRootDir().toPath().resolve("aws-secrets-remainders");
    private final Map<String, Note> notes = new ConcurrentHashMap<>();
    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean retrying = new AtomicBoolean();

    public Remainders() {
        read();
    }

    public static Remainders get() {
        return ExtensionList.lookupSingleton(Remainders.class);
    }

    /**
     * A name for a directory of private files beside the workspace, noted and not made yet.
     *
     * @throws SecretException when the workspace is on no agent
     */
    public FilePath directory(Run<?, ?> run, String block, FilePath workspace) {
        Computer computer = workspace.toComputer();
        FilePath parent = WorkspaceList.tempDir(workspace);
        if (computer == null || parent == null) {
            throw new SecretException(
                    Problem.INTERNAL,
                    "private files",
                    "the workspace's agent is not connected, or the workspace has no temporary folder beside it",
                    "run the block inside node");
        }
        FilePath files = parent.child(PrivateDirectory.PREFIX + UUID.randomUUID());
        note(new Note(run, block, Instant.now(), new PrivateDirectory(computer.getName(), files.getRemote())));
        return files;
    }

    /**
     * The directory of a block's private files, as the agent has it now.
     *
     * @throws IOException when the agent is not connected
     */
    public FilePath directory(Run<?, ?> run, String block) throws IOException {
        for (Note note : notes.values()) {
            if (note.isOf(run, block) && note.remainder() instanceof PrivateDirectory files) {
                return files.path();
            }
        }
        throw new IOException("the block has no private files");
    }

    /**
     * Notes a lease that ends with the build at the latest.
     *
     * @param place full name of the folder whose source it is; empty for Jenkins itself
     */
    public void lease(Run<?, ?> run, String place, Locator locator, Lease lease) {
        note(new Note(run, "", Instant.now(), new HeldLease(place, locator, lease)));
    }

    /** Notes a certificate that a session of the build gave, which outlives the session where nobody revokes it. */
    public void certificate(Run<?, ?> run, BuildIdentity build, String place, Locator locator, Lease lease) {
        note(new Note(run, "", Instant.now(), new HeldCertificate(place, locator, build.run(), build.number(), lease)));
    }

    /**
     * Revokes a lease by the session of the build that gave it. One that cannot be revoked by itself ends with the
     * session, unless it is a certificate: where that is not revoked now, whoever ends the session later tries again.
     *
     * @return why it was not revoked
     */
    public static Optional<SecretException> revoke(SecretSource session, Lease lease) {
        Optional<SecretException> failure = Optional.empty();
        try {
            if (session instanceof LeasedSource leased) {
                leased.revoke(lease, Deadline.in(CALL));
            }
        } catch (SecretException e) {
            failure = Optional.of(e);
        }
        if (failure.map(SecretException::problem).stream().allMatch(FINAL::contains)) {
            Remainders all = get();
            all.notes(note -> note.remainder() instanceof HeldCertificate held && held.isOf(lease))
                    .forEach(all::forget);
        }
        return failure;
    }

    /** Keeps the sessions of a build that are to be ended with it, and that go on after a restart. */
    public SessionStore sessions(Run<?, ?> run, BuildIdentity build) {
        return new SessionNotes(this, run, build);
    }

    void token(Run<?, ?> run, HeldToken token) {
        note(new Note(run, "", Instant.now(), token));
    }

    List<Note> notes(Predicate<Note> which) {
        return notes.values().stream().filter(which).toList();
    }

    /**
     * Notes a file of the build's directory that ends with the build.
     *
     * @param name of a file directly in the directory
     */
    public void file(Run<?, ?> run, String name) {
        note(new Note(run, "", Instant.now(), new BuildFile(run, name)));
    }

    /**
     * Revokes a lease; what fails is tried again later.
     *
     * @return why its source did not revoke it now
     */
    public Optional<String> revoke(Run<?, ?> run, Lease lease) {
        Predicate<Note> ofLease =
                note -> note.isOf(run) && note.remainder() instanceof HeldLease held && held.isOf(lease);
        remove(ofLease);
        return notes(ofLease).stream()
                .flatMap(note -> ((HeldLease) note.remainder()).failure().stream())
                .findFirst();
    }

    /**
     * Removes what belongs to a block.
     *
     * @return what could not be removed yet, to be told in the log
     */
    public List<String> remove(Run<?, ?> run, String block) {
        return remove(note -> note.isOf(run, block));
    }

    /** Removes all that belongs to a build. */
    public void remove(Run<?, ?> run) {
        remove(note -> note.isOf(run));
    }

    /** Whether something of the build is left. */
    public boolean isLeft(Run<?, ?> run) {
        return notes.values().stream().anyMatch(note -> note.isOf(run));
    }

    /** Whether something of a block is left. */
    public boolean isLeft(Run<?, ?> run, String block) {
        return notes.values().stream().anyMatch(note -> note.isOf(run, block));
    }

    /** Tries again what could not be removed, and what belongs to builds that ended without being asked. */
    public void retry() {
        // A round may take longer than the time to the next one while sources do not answer.
        if (retrying.compareAndSet(false, true)) {
            try {
                remove(note -> due.contains(note.id()) || note.abandoned());
            } finally {
                retrying.set(false);
            }
        }
    }

    /** The same for an agent that is back. */
    void retry(Computer computer) {
        remove(note -> note.remainder() instanceof PrivateDirectory files
                && files.isOn(computer.getName())
                && (due.contains(note.id()) || note.abandoned()));
    }

    /** A job was renamed or moved, and its builds run on. */
    void moved(String from, String to) {
        notes.values().stream().filter(note -> note.moved(from, to)).forEach(this::note);
    }

    private List<String> remove(Predicate<Note> which) {
        List<String> left = new ArrayList<>();
        List<Note> all = new ArrayList<>(notes(which));
        // Tokens first, with which certificates are revoked.
        all.sort(Comparator.comparing(note -> note.remainder() instanceof HeldCertificate));
        for (Note note : all) {
            if (!removed(note, due.add(note.id()))) {
                left.add(note.remainder().describe());
            }
        }
        return left;
    }

    /** One at a time for a note: the end of a block, of its build and a retry may meet. */
    private boolean removed(Note note, boolean first) {
        synchronized (note) {
            return !notes.containsKey(note.id()) || removedNow(note, first);
        }
    }

    private boolean removedNow(Note note, boolean first) {
        try {
            note.remainder().remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            boolean given = note.remainder().lost(Duration.between(note.since(), Instant.now()));
            // Once, not with each try: an agent may be away for days.
            Level level = first ? Level.INFO : Level.FINE;
            LOGGER.log(given ? Level.WARNING : level, "{0} could not be removed{1}: {2}", new Object[] {
                note.remainder().describe(), given ? ", and is not tried again" : ". It is tried again", reason(e)
            });
            if (!given) {
                return false;
            }
        }
        forget(note);
        return true;
    }

    private static String reason(Exception e) {
        // Of a stranger's exception only the type, for its text may hold anything.
        return e instanceof SecretException || e.getClass() == IOException.class
                ? e.getMessage()
                : e.getClass().getName();
    }

    private void note(Note note) {
        try {
            Files.createDirectories(directory);
            file(note.id()).write(note);
        } catch (IOException e) {
            throw new SecretException(
                    Problem.INTERNAL,
                    "the block's " + note.remainder().describe(),
                    "the note to remove them could not be written to " + directory + " ("
                            + e.getClass().getSimpleName() + ")",
                    "check the controller's disk");
        }
        notes.put(note.id(), note);
    }

    void forget(Note note) {
        notes.remove(note.id());
        due.remove(note.id());
        try {
            Files.deleteIfExists(file(note.id()).getFile().toPath());
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "A note in {0} could not be removed: {1}", new Object[] {directory, e.getClass()});
        }
    }

    private XmlFile file(String id) {
        return new XmlFile(Items.XSTREAM2, directory.resolve(id + ".xml").toFile());
    }

    private void read() {
        for (Path path : files()) {
            try {
                Note note = (Note) new XmlFile(Items.XSTREAM2, path.toFile()).read();
                notes.put(note.id(), note);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "{0} is not a valid note of something to remove: {1}", new Object[] {
                    path, e.getClass()
                });
            }
        }
    }

    private Collection<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(".xml")).toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} cannot be listed: {1}", new Object[] {directory, e.getClass()});
            return List.of();
        }
    }
}
