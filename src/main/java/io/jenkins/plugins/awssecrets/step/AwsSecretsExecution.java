package io.jenkins.plugins.awssecrets.step;

import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.log.BlockLog;
import io.jenkins.plugins.awssecrets.log.MaskedFailure;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One run of the step: everything that waits for a network happens on a thread of its own, which an abort ends. */
final class AwsSecretsExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1L;

    private final ArrayList<SecretBinding> bindings;
    private volatile boolean entered;

    AwsSecretsExecution(StepContext context, List<SecretBinding> bindings) {
        super(context);
        this.bindings = new ArrayList<>(bindings);
    }

    @Override
    public boolean start() {
        run(this::enter);
        return false;
    }

    /** A controller that went down while the values were fetched fetches them again. */
    @Override
    public void onResume() {
        if (!entered) {
            run(this::enter);
        }
    }

    private void enter() throws Exception {
        StepContext context = getContext();
        Run<?, ?> run = context.get(Run.class);
        TaskListener listener = context.get(TaskListener.class);
        BoundVariables variables;
        try {
            variables = new SecretBlock(run, listener).enter(bindings);
        } catch (SecretException e) {
            // Its message says all there is to say; a stack trace would bury it.
            throw new AbortException(e.getMessage());
        }
        entered = true;
        context.newBodyInvoker()
                .withContext(EnvironmentExpander.merge(context.get(EnvironmentExpander.class), variables))
                .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), new BlockLog(run)))
                .withContext(FailureHandler.merge(context.get(FailureHandler.class), new MaskedFailure(run)))
                .withCallback(BodyExecutionCallback.wrap(context))
                .start();
    }
}
