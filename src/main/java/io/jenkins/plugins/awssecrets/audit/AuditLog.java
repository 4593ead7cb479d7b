package io.jenkins.plugins.awssecrets.audit;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.Terminator;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import io.jenkins.plugins.awssecrets.engine.audit.AuditTrail;
import java.time.Clock;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Passes events on to every {@link AuditListener}. */
@Extension
public final class AuditLog {
    private static final Logger LOGGER = Logger.getLogger(AuditLog.class.getName());

    /** Of a burst of short builds, while a sink is slow. */
    private static final int WAITING = 10_000;

    private final AuditTrail trail = new AuditTrail(
            AuditLog::controller,
            Clock.systemUTC(),
            new NamingThreadFactory(new DaemonThreadFactory(), "aws-secrets-audit"),
            LOGGER::warning,
            WAITING);

    static AuditLog get() {
        return ExtensionList.lookupSingleton(AuditLog.class);
    }

    void record(AuditEvent event) {
        trail.record(event, ExtensionList.lookup(AuditListener.class));
    }

    /** This Jenkins by its address; empty where none is configured. */
    static String controller() {
        return Util.fixNull(Jenkins.get().getRootUrl());
    }

    /** Lets what waits be written before the controller is gone. */
    @Terminator
    public static void end() {
        get().trail.close();
    }
}
