package io.jenkins.plugins.awssecrets.cleanup;

import hudson.model.Run;
import java.time.Instant;
import java.util.UUID;

/** That something is to be removed, and when. Written with XStream. */
final class Note {
    private final String id = UUID.randomUUID().toString();
    private String build;
    private final String block;
    private final String since;
    private final Remainder remainder;

    /** @param block empty for what stays until the build ends */
    Note(Run<?, ?> run, String block, Instant since, Remainder remainder) {
        this.build = run.getExternalizableId();
        this.block = block;
        this.since = since.toString();
        this.remainder = remainder;
    }

    /** Follows a job that was renamed or moved. */
    synchronized boolean moved(String from, String to) {
        boolean concerned = build.startsWith(from + "#");
        if (concerned) {
            build = to + build.substring(from.length());
        }
        return concerned;
    }

    String id() {
        return id;
    }

    synchronized boolean isOf(Run<?, ?> run) {
        return build.equals(run.getExternalizableId());
    }

    boolean isOf(Run<?, ?> run, String of) {
        return isOf(run) && block.equals(of);
    }

    /** Whether nobody is left who would ask for its removal. */
    boolean abandoned() {
        Run<?, ?> run;
        synchronized (this) {
            run = Run.fromExternalizableId(build);
        }
        return run == null || !run.isLogUpdated();
    }

    Instant since() {
        return Instant.parse(since);
    }

    Remainder remainder() {
        return remainder;
    }
}
