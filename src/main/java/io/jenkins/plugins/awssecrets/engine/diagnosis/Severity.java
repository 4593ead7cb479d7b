package io.jenkins.plugins.awssecrets.engine.diagnosis;

/** How much a finding matters; the later, the worse. */
public enum Severity {
    /** Works as it is configured; worth knowing when something is missed. */
    NOTE,
    /** Something optional does not work, or a secret that means to be a credential is none. */
    WARNING,
    /** A source or a credential cannot be used. */
    FAILED
}
