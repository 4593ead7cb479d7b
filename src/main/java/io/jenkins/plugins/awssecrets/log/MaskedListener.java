package io.jenkins.plugins.awssecrets.log;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.BuildListener;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.builds.StepOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.jenkinsci.plugins.workflow.log.LogStorage;
import org.jenkinsci.plugins.workflow.log.OutputStreamTaskListener;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * The listener of a step or build. On the controller it changes nothing, as a decorator masks there. One that goes to an
 * agent leads back to the controller, which masks what comes: the agent is told of no secret, has nothing to compile and
 * is never waited for.
 */
final class MaskedListener extends OutputStreamTaskListener.Default
        implements BuildListener, AutoCloseable, SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;
    private final BuildMask mask;
    private final String step;

    /** @param step the id of the node whose text it takes; empty for the build's own lines */
    MaskedListener(TaskListener listener, BuildMask mask, String step) {
        this.listener = listener;
        this.mask = mask;
        this.step = step;
    }

    @NonNull
    @Override
    public OutputStream getOutputStream() {
        return new StepOutput(OutputStreamTaskListener.getOutputStream(listener), step);
    }

    @Override
    public void close() throws Exception {
        if (listener instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private Object writeReplace() throws IOException {
        return LogStorage.wrapWithRemoteAutoFlushingListener(Masks.decorate(mask, getOutputStream()));
    }

    @Override
    public String toString() {
        return "MaskedListener[" + listener + "]";
    }
}
