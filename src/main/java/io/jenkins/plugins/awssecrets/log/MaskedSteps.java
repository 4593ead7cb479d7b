package io.jenkins.plugins.awssecrets.log;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/**
 * Masks what the step view shows: arguments, errors, warnings and labels of steps. Pipeline itself hides only the plain values of a
 * block's variables, only in arguments, and only inside of the block. Says when a step's text has ended, too.
 */
@Extension
public final class MaskedSteps implements GraphListener.Synchronous {
    private static final Logger LOGGER = Logger.getLogger(MaskedSteps.class.getName());

    @Override
    public void onNewHead(FlowNode node) {
        secrets(node).ifPresent(secrets -> {
            mask(node, secrets.masker());
            node.getParents().forEach(ended -> {
                // A step's error is added when it has ended.
                mask(ended, secrets.masker());
                secrets.stepEnded(ended.getId());
                if (ended instanceof BlockEndNode<?> end) {
                    secrets.stepEnded(end.getStartNode().getId());
                }
            });
            // The build's own lines are whole: one that a step's text follows is not to be cut by it.
            secrets.stepEnded("");
        });
    }

    private static Optional<BuildSecrets> secrets(FlowNode node) {
        try {
            Queue.Executable build = node.getExecution().getOwner().getExecutable();
            return build instanceof Run<?, ?> run ? BuildSecrets.given(run) : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} has no build that secrets could be masked for: {1}", new Object[] {
                node, e.getClass()
            });
            return Optional.empty();
        }
    }

    private static void mask(FlowNode node, Masker masker) {
        List<Action> actions = node.getActions();
        for (int i = 0; i < actions.size(); i++) {
            Optional<? extends Action> masked = masked(node, actions.get(i), masker);
            if (masked.isPresent()) {
                actions.set(i, masked.get());
            }
        }
    }

    private static Optional<? extends Action> masked(FlowNode node, Action action, Masker masker) {
        if (action instanceof ArgumentsAction arguments) {
            return MaskedArguments.of(arguments, masker);
        }
        if (action instanceof ErrorAction error) {
            Throwable masked =
                    MaskedFailure.masked(error.getError(), masker, Collections.newSetFromMap(new IdentityHashMap<>()));
            return masked == error.getError() ? Optional.empty() : Optional.of(new ErrorAction(masked));
        }
        if (action instanceof WarningAction warning) {
            return changed(warning.getMessage(), masker)
                    .map(message -> new WarningAction(warning.getResult()).withMessage(message));
        }
        // Not those of stages and branches, which others find by their names.
        if (action.getClass() == LabelAction.class && !(node instanceof BlockStartNode)) {
            return changed(action.getDisplayName(), masker).map(LabelAction::new);
        }
        return Optional.empty();
    }

    private static Optional<String> changed(@CheckForNull String text, Masker masker) {
        return Optional.ofNullable(text).map(masker::mask).filter(masked -> !masked.equals(text));
    }
}
