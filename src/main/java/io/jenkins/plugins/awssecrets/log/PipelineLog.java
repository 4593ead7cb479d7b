package io.jenkins.plugins.awssecrets.log;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;

/**
 * Masks every line of a Pipeline build from its beginning to its end, whichever step prints it. It is there before the
 * first secret, since a step that began earlier may print it.
 */
@Extension
public final class PipelineLog implements TaskListenerDecorator.Factory {
    private static final Logger LOGGER = Logger.getLogger(PipelineLog.class.getName());

    @Override
    public TaskListenerDecorator of(FlowExecutionOwner owner) {
        try {
            Queue.Executable build = owner.getExecutable();
            return build instanceof Run<?, ?> run ? new Decorator(new BuildMask(run)) : null;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} has no build that secrets could be masked for: {1}", new Object[] {
                owner, e.getClass()
            });
            return null;
        }
    }

    private static final class Decorator extends TaskListenerDecorator {
        private static final long serialVersionUID = 1L;

        // A BuildMask, or on an agent what it was replaced with.
        private final Serializable mask;

        Decorator(BuildMask mask) {
            this.mask = mask;
        }

        @Override
        public OutputStream decorate(OutputStream logger) {
            return Masks.decorate(mask, logger);
        }

        @Override
        public String toString() {
            return "AWS Secrets";
        }
    }
}
