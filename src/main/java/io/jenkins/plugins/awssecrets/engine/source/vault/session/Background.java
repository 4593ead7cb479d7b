package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where a session's renewals run, so that they hold nobody up. */
public interface Background {
    void now(Runnable work);

    /** @return forgets the work, unless it has begun */
    Runnable later(Duration delay, Runnable work);

    /** A daemon thread for each work, for as long as the work takes; waiting takes none. */
    static Background threads(String name) {
        return new Background() {
            @Override
            public void now(Runnable work) {
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                thread.start();
            }

            @Override
            public Runnable later(Duration delay, Runnable work) {
                CompletableFuture<Boolean> alarm = new CompletableFuture<>();
                CompletableFuture<Void> rung = alarm.thenRunAsync(work, this::now);
                alarm.completeOnTimeout(true, delay.toMillis(), TimeUnit.MILLISECONDS);
                return () -> {
                    alarm.cancel(false);
                    rung.cancel(false);
                };
            }
        };
    }
}
