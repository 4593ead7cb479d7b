package io.jenkins.plugins.awssecrets.builds;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;

/** After a restart: goes on renewing the leases of the builds that go on, and knows who they were before. */
@Extension
public final class ResumedBuilds extends FlowExecutionListener {
    private static final Logger LOGGER = Logger.getLogger(ResumedBuilds.class.getName());

    @Override
    public void onResumed(FlowExecution execution) {
        try {
            Queue.Executable build = execution.getOwner().getExecutable();
            if (build instanceof Run<?, ?> run) {
                Catalog.get().executor().execute(() -> goOn(run));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The leases of {0} are not renewed: {1}", new Object[] {execution, e.getClass()});
        }
    }

    private static void goOn(Run<?, ?> run) {
        RunningBuilds.get().resumed(run);
        if (StoredSnapshot.exists(run)) {
            BuildSecrets.of(run);
        }
    }
}
