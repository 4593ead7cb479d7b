package io.jenkins.plugins.awssecrets.log;

import hudson.Extension;
import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import java.io.OutputStream;

/** Masks the log of a build that is no Pipeline, from its beginning to its end. */
@Extension
public final class ClassicLog extends ConsoleLogFilter {
    @Override
    public OutputStream decorateLogger(AbstractBuild build, OutputStream logger) {
        return build == null ? logger : Masks.decorate(new BuildMask(build), logger);
    }
}
