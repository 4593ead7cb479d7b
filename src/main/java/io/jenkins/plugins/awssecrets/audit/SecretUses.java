package io.jenkins.plugins.awssecrets.audit;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerProxy;

/** The uses of secrets by one build, on a page of the build for those who may configure its job. */
public final class SecretUses implements RunAction2, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(SecretUses.class.getName());

    private final List<SecretUse> uses = new ArrayList<>();
    private transient Run<?, ?> run;

    /** Adds uses to the build's record. */
    public static void record(Run<?, ?> run, Collection<SecretUse> added) {
        record(run, added, true);
    }

    /** The same for what is asked for many times in one use, such as by each field: what is there is not repeated. */
    public static void recordOnce(Run<?, ?> run, Collection<SecretUse> added) {
        record(run, added, false);
    }

    private static void record(Run<?, ?> run, Collection<SecretUse> added, boolean again) {
        synchronized (run) {
            SecretUses all = run.getAction(SecretUses.class);
            boolean first = all == null;
            if (first) {
                all = new SecretUses();
            }
            if (!all.add(added, again)) {
                return;
            }
            if (first) {
                run.addAction(all);
            }
            try {
                run.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The use of secrets by {0} could not be recorded: {1}", new Object[] {
                    run, e.getClass()
                });
            }
        }
    }

    /** Who a build runs for: those who started it, and the identity it runs as where it is not Jenkins' own. */
    public static String userOf(Run<?, ?> run) {
        Stream<String> causes = run.getActions(CauseAction.class).stream()
                .flatMap(action -> action.getCauses().stream())
                .map(SecretUses::text);
        var identity = Jenkins.getAuthentication2();
        Stream<String> as = ACL.SYSTEM2.equals(identity) ? Stream.of() : Stream.of("as " + identity.getName());
        return Stream.concat(causes, as).distinct().collect(Collectors.joining(", "));
    }

    private static String text(Cause cause) {
        return cause instanceof Cause.UserIdCause user ? String.valueOf(user.getUserId()) : cause.getShortDescription();
    }

    private boolean add(Collection<SecretUse> added, boolean again) {
        synchronized (uses) {
            boolean changed = false;
            for (SecretUse use : added) {
                if (again || uses.stream().noneMatch(use::repeats)) {
                    uses.add(use);
                    changed = true;
                }
            }
            return changed;
        }
    }

    public List<SecretUse> getUses() {
        synchronized (uses) {
            return List.copyOf(uses);
        }
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** Refuses the page to those who may not configure the job. */
    @Override
    public Object getTarget() {
        run.getParent().checkPermission(Item.CONFIGURE);
        return this;
    }

    @Override
    public String getIconFileName() {
        return run.getParent().hasPermission(Item.CONFIGURE) ? "symbol-key" : null;
    }

    @Override
    public String getDisplayName() {
        return "Secrets used";
    }

    @Override
    public String getUrlName() {
        return "aws-secrets";
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }
}
