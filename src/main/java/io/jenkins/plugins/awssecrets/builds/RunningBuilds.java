package io.jenkins.plugins.awssecrets.builds;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awssecrets.access.RulesAtStart;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.masking.CompiledSets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** The builds that run now and were given secrets; forgets each, and its file, when it ends. */
@Extension
public final class RunningBuilds extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(RunningBuilds.class.getName());

    private final Map<String, BuildSecrets> builds = new ConcurrentHashMap<>();

    /** Of builds that are no Pipelines, which have nobody else to ask for theirs. */
    private final Map<String, TaskListener> logs = new ConcurrentHashMap<>();

    /** Who each running build was when it began: its job may be renamed meanwhile. */
    private final Map<String, BuildIdentity> identities = new ConcurrentHashMap<>();

    /** The rules that each running build began under. */
    private final Map<String, RulesAtStart> rules = new ConcurrentHashMap<>();

    /** Builds that mask the same secrets share what is compiled for them; it goes with the last of those builds. */
    private final CompiledSets compiled = new CompiledSets();

    static RunningBuilds get() {
        return ExtensionList.lookupSingleton(RunningBuilds.class);
    }

    BuildSecrets of(Run<?, ?> run) {
        if (run.getResult() != null && !run.isBuilding()) {
            // Ended: nobody would forget it again.
            return known(run).orElseGet(() -> ended(run));
        }
        BuildSecrets known = builds.get(run.getExternalizableId());
        if (known != null) {
            return known;
        }
        // One that could not go on after the controller's sudden end is never told to be over.
        builds.values().removeIf(secrets -> secrets.isOver() && endSessions(secrets));
        return builds.computeIfAbsent(run.getExternalizableId(), id -> new BuildSecrets(run, compiled, identity(run)));
    }

    private BuildSecrets ended(Run<?, ?> run) {
        BuildSecrets secrets = new BuildSecrets(run, compiled, identity(run));
        secrets.endSessions();
        return secrets;
    }

    /** Who a running build reads as: who it was when it began. */
    BuildIdentity identity(Run<?, ?> run) {
        return Optional.ofNullable(identities.get(run.getExternalizableId())).orElseGet(() -> StoredIdentity.of(run));
    }

    /** The rules of when a running build began. */
    RulesAtStart rules(Run<?, ?> run) {
        return rules.computeIfAbsent(run.getExternalizableId(), id -> StoredRules.of(run));
    }

    /** Away from here, as a session may be revoked over the network. */
    private static boolean endSessions(BuildSecrets secrets) {
        Catalog.get().executor().execute(secrets::endSessions);
        return true;
    }

    CompiledSets compiled() {
        return compiled;
    }

    Optional<BuildSecrets> known(Run<?, ?> run) {
        return Optional.ofNullable(builds.get(run.getExternalizableId()));
    }

    /** The log of a running build. */
    Optional<TaskListener> log(Run<?, ?> run) {
        if (run instanceof FlowExecutionOwner.Executable build) {
            return Optional.ofNullable(build.asFlowExecutionOwner()).flatMap(owner -> log(run, owner));
        }
        return Optional.ofNullable(logs.get(run.getExternalizableId()));
    }

    private static Optional<TaskListener> log(Run<?, ?> run, FlowExecutionOwner owner) {
        try {
            return Optional.of(owner.getListener());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The log of {0} cannot be written: {1}", new Object[] {run, e.getClass()});
            return Optional.empty();
        }
    }

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        identities.put(run.getExternalizableId(), BuildIdentities.of(run));
        rules.put(run.getExternalizableId(), rulesNow(run));
        if (!(run instanceof FlowExecutionOwner.Executable)) {
            logs.put(run.getExternalizableId(), listener);
        }
    }

    private static RulesAtStart rulesNow(Run<?, ?> run) {
        try {
            RulesAtStart now = RulesAtStart.of(Catalog.get().forItem(run.getParent()));
            if (run instanceof FlowExecutionOwner.Executable) {
                StoredRules.get().keep(run, now);
            }
            return now;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "A change of the rules will concern {0} too, though it began before: {1}",
                    new Object[] {run, e.getClass().getSimpleName()});
            return RulesAtStart.UNKNOWN;
        }
    }

    /** A build goes on after a restart: from now on its job may be renamed again. */
    void resumed(Run<?, ?> run) {
        if (run.isBuilding()) {
            identities.putIfAbsent(run.getExternalizableId(), identity(run));
        }
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        known(run).ifPresent(BuildSecrets::complete);
        logs.remove(run.getExternalizableId());
        StoredRules.drop(run);
        settle(run, known(run));
    }

    /** The log is closed by now, so nothing is left to mask. */
    @Override
    public void onFinalized(Run<?, ?> run) {
        forget(run);
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        forget(run);
    }

    /** A job was renamed or moved: its builds go on with what they were given, and as who they were when they began. */
    void moved(Item item, String from, String to) {
        moved(builds, from + "#", to + "#");
        moved(logs, from + "#", to + "#");
        moved(identities, from + "#", to + "#");
        moved(rules, from + "#", to + "#");
        if (item instanceof Job<?, ?> job) {
            identities.forEach((id, build) -> {
                if (id.startsWith(to + "#")) {
                    keep(job.getBuildByNumber(build.number()), build);
                }
            });
        }
    }

    private static void keep(Run<?, ?> run, BuildIdentity build) {
        if (!(run instanceof FlowExecutionOwner.Executable)) {
            // No restart goes on with it.
            return;
        }
        try {
            StoredIdentity.write(run, build);
        } catch (IOException | SecretException e) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} would read under the new name of its job after a restart: {1}",
                    new Object[] {run, e.getClass().getSimpleName()});
        }
    }

    private static <T> void moved(Map<String, T> byId, String from, String to) {
        for (String id : List.copyOf(byId.keySet())) {
            if (id.startsWith(from)) {
                Optional.ofNullable(byId.remove(id))
                        .ifPresent(known -> byId.put(to + id.substring(from.length()), known));
            }
        }
    }

    /** Away from the thread that ends the build, which need not wait for agents and sources. */
    private static void settle(Run<?, ?> run, Optional<BuildSecrets> secrets) {
        if (secrets.isPresent() || Remainders.get().isLeft(run)) {
            Catalog.get().executor().execute(() -> {
                secrets.ifPresent(BuildSecrets::endSessions);
                Remainders.get().remove(run);
            });
        }
    }

    private void forget(Run<?, ?> run) {
        settle(run, Optional.ofNullable(builds.remove(run.getExternalizableId())));
        identities.remove(run.getExternalizableId());
        rules.remove(run.getExternalizableId());
        try {
            StoredIdentity.delete(run);
            StoredSnapshot.delete(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The encrypted secrets of {0} could not be removed from its directory", run);
        }
    }
}
