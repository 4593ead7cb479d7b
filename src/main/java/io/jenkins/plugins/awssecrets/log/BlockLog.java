package io.jenkins.plugins.awssecrets.log;

import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import java.io.OutputStream;
import java.io.Serializable;

/** Masks inside of a block, behind whatever other filters change in its text. */
public final class BlockLog extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Serializable mask;

    /** @param run the build that the block is part of */
    public BlockLog(Run<?, ?> run) {
        this.mask = new BuildMask(run);
    }

    @Override
    public OutputStream decorateLogger(AbstractBuild build, OutputStream logger) {
        return Masks.decorate(mask, logger);
    }

    @Override
    public String toString() {
        return "AWS Secrets";
    }
}
