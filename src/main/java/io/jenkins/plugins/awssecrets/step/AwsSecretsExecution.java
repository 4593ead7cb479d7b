package io.jenkins.plugins.awssecrets.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.log.BlockLog;
import io.jenkins.plugins.awssecrets.log.MaskedFailure;
import io.jenkins.plugins.awssecrets.step.binding.SecretBinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
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
    private final String block = UUID.randomUUID().toString();
    private volatile boolean entered;
    private volatile boolean leaving;
    private volatile boolean renewed;

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
        } else if (leaving) {
            super.onResume();
        } else if (renewed) {
            goOn();
        }
    }

    /** The body goes on by itself; only what it reads has to be kept good. */
    private void goOn() {
        try {
            StepContext context = getContext();
            EnvVars around = Objects.requireNonNull(context.get(EnvVars.class));
            block(context, context.get(Run.class)).resume(bindings, around);
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    private void enter() throws Exception {
        StepContext context = getContext();
        Run<?, ?> run = context.get(Run.class);
        Surroundings place = new Surroundings(
                Optional.ofNullable(context.get(FilePath.class)),
                () -> Objects.requireNonNull(context.get(EnvVars.class)));
        BoundVariables variables = variables(context, run, place);
        EnvironmentExpander around = Objects.requireNonNull(context.get(EnvironmentExpander.class));
        renewed = variables.isRenewed();
        entered = true;
        context.newBodyInvoker()
                .withContext(BlockEnvironment.inside(around, place, variables))
                .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), new BlockLog(run)))
                .withContext(FailureHandler.merge(context.get(FailureHandler.class), new MaskedFailure(run)))
                .withCallback(new Leaving())
                .start();
    }

    private BoundVariables variables(StepContext context, Run<?, ?> run, Surroundings around) throws Exception {
        try {
            return block(context, run).enter(bindings, around);
        } catch (SecretException e) {
            // Its message says all there is to say; a stack trace would bury it.
            throw new AbortException(e.getMessage());
        }
    }

    private SecretBlock block(StepContext context, Run<?, ?> run) throws IOException, InterruptedException {
        return new SecretBlock(block, run, context.get(TaskListener.class));
    }

    /** Whether there is nothing to wait for at the end. What fails here fails again, and is reported, where the block is left. */
    boolean isFree() {
        try {
            return SecretBlock.isFree(block, getContext().get(Run.class));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until everything is taken back, unless the build is aborted meanwhile; then that goes on without it. */
    private final class Leaving extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            if (isFree()) {
                context.onSuccess(result);
                return;
            }
            leaving = true;
            run(() -> {
                block(context, context.get(Run.class)).leave();
                context.onSuccess(result);
            });
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            if (isFree()) {
                context.onFailure(failure);
                return;
            }
            leaving = true;
            run(() -> {
                try {
                    block(context, context.get(Run.class)).leave();
                } catch (Exception e) {
                    failure.addSuppressed(e);
                }
                context.onFailure(failure);
            });
        }
    }
}
