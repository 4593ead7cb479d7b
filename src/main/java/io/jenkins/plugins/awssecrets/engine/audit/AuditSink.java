package io.jenkins.plugins.awssecrets.engine.audit;

import java.io.IOException;

/** Where events go. Called by one thread at a time, which nobody waits for. */
public interface AuditSink {
    /** For people, when it fails. */
    String name();

    /**
     * Takes an event.
     *
     * @throws IOException when it could not; the event is lost to this sink
     */
    void write(AuditEvent event) throws IOException;
}
