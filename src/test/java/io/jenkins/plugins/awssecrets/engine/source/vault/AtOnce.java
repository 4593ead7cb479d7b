package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.source.vault.session.Background;
import java.time.Duration;
import java.util.Optional;

/** Does its work in the caller's thread, and the later one when a test says so. */
public final class AtOnce implements Background {
    private record Later(Duration delay, Runnable work) {}

    private Optional<Later> later = Optional.empty();

    /** How long the work that waits will wait. */
    public Optional<Duration> delay() {
        return later.map(Later::delay);
    }

    /** The time has come. */
    public void ring() {
        Later due = later.orElseThrow();
        later = Optional.empty();
        due.work().run();
    }

    @Override
    public void now(Runnable work) {
        work.run();
    }

    @Override
    public Runnable later(Duration delay, Runnable work) {
        Later asked = new Later(delay, work);
        later = Optional.of(asked);
        return () -> later = later.filter(other -> other != asked);
    }
}
