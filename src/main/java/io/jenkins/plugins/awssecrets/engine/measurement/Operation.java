package io.jenkins.plugins.awssecrets.engine.measurement;

import java.util.Locale;

/** What a source was asked to do. */
public enum Operation {
    /** Reading values: one call for all that is asked for at once, in however many requests. */
    FETCH,
    LIST,
    /** A connection test. */
    CHECK,
    /** A diagnosis' search. */
    INSPECT,
    /** Of a lease. */
    RENEW,
    /** Of a lease. */
    REVOKE;

    /** As in the names of metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
