package io.jenkins.plugins.awssecrets.cleanup;

import hudson.model.Run;
import java.time.Instant;
import java.util.UUID;

/** That something is to be removed, and when. Written with XStream. */
final class Note {
    private final String id = UUID.randomUUID().toString();
    private final String build;
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

    String id() {
        return id;
    }

    boolean isOf(Run<?, ?> run) {
        return build.equals(run.getExternalizableId());
    }

    boolean isOf(Run<?, ?> run, String of) {
        return isOf(run) && block.equals(of);
    }

    /** Whether nobody is left who would ask for its removal. */
    boolean abandoned() {
        Run<?, ?> run = Run.fromExternalizableId(build);
        return run == null || !run.isLogUpdated();
    }

    Instant since() {
        return Instant.parse(since);
    }

    Remainder remainder() {
        return remainder;
    }
}
