package io.jenkins.plugins.awssecrets.audit;

import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events of a Jenkins. A test has it as an extension of its own. */
public abstract class KeepingListener extends AuditListener {
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "the one that keeps";
    }

    @Override
    public void write(AuditEvent event) {
        events.add(event);
    }

    /** Those so far, and those to come. */
    public List<AuditEvent> events() {
        return events;
    }
}
