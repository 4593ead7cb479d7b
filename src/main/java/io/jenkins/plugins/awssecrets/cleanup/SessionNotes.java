package io.jenkins.plugins.awssecrets.cleanup;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps the sessions of a build among the notes of what is to be removed with it. */
final class SessionNotes implements SessionStore {
    private final Remainders remainders;
    private final Run<?, ?> run;
    private final BuildIdentity build;

    SessionNotes(Remainders remainders, Run<?, ?> run, BuildIdentity build) {
        this.remainders = remainders;
        this.run = run;
        this.build = build;
    }

    @Override
    public Optional<Session> find(Key key) {
        return remainders
                .notes(note -> note.isOf(run) && note.remainder() instanceof HeldToken held && held.isOf(key))
                .stream()
                .map(note -> (HeldToken) note.remainder())
                .max(Comparator.comparing(HeldToken::obtained))
                .map(HeldToken::session);
    }

    @Override
    public void keep(Key key, Session session) {
        List<Note> before = of(key, session.token());
        remainders.token(run, new HeldToken(key, session, build));
        before.forEach(remainders::forget);
    }

    @Override
    public void drop(Key key, SecretValue token) {
        of(key, token).forEach(remainders::forget);
    }

    private List<Note> of(Key key, SecretValue token) {
        return remainders.notes(note ->
                note.isOf(run) && note.remainder() instanceof HeldToken held && held.isOf(key) && held.is(token));
    }
}
