package io.jenkins.plugins.awssecrets.audit;

import hudson.ExtensionPoint;
import io.jenkins.plugins.awssecrets.engine.audit.AuditSink;

/**
 * Takes an event of each use and each refusal of secrets, to pass it on to where an organisation keeps such things. Called
 * by a thread of its own that nobody waits for: one that throws, hangs or is slow loses events and no build notices.
 */
public abstract class AuditListener implements AuditSink, ExtensionPoint {}
