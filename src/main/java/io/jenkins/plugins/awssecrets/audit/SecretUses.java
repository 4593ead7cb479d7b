package io.jenkins.plugins.awssecrets.audit;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The uses of secrets by one build, on a page of the build for those who may configure its job. The uses themselves are in
 * a {@link UseFile}; the build's own record has only that there are some.
 */
public final class SecretUses implements RunAction2, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(SecretUses.class.getName());

    private transient Run<?, ?> run;

    /** What those that are there have beside their time; not looked up before it is needed. */
    private transient Set<List<Object>> known;

    /**
     * Adds a use to the build's record.
     *
     * @param again whether one that is there already is repeated
     */
    static void record(Run<?, ?> run, SecretUse added, boolean again) {
        try {
            of(run).add(added, again);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The use of secrets by {0} could not be recorded: {1}", new Object[] {
                run, e.getClass()
            });
        }
    }

    private static SecretUses of(Run<?, ?> run) throws IOException {
        synchronized (run) {
            SecretUses present = run.getAction(SecretUses.class);
            if (present != null) {
                return present;
            }
            SecretUses first = new SecretUses();
            run.addAction(first);
            run.save();
            return first;
        }
    }

    /** Who a build runs for: those who started it, and the identity it runs as where it is not Jenkins' own. */
    static List<String> startersOf(Run<?, ?> run) {
        Stream<String> causes = run.getActions(CauseAction.class).stream()
                .flatMap(action -> action.getCauses().stream())
                .map(SecretUses::text);
        var identity = Jenkins.getAuthentication2();
        Stream<String> as = ACL.SYSTEM2.equals(identity) ? Stream.of() : Stream.of("as " + identity.getName());
        return Stream.concat(causes, as).distinct().toList();
    }

    private static String text(Cause cause) {
        // Without a security realm nobody has an id.
        return cause instanceof Cause.UserIdCause user
                ? Objects.requireNonNullElse(user.getUserId(), Jenkins.ANONYMOUS2.getName())
                : cause.getShortDescription();
    }

    private synchronized void add(SecretUse added, boolean again) throws IOException {
        UseFile file = new UseFile(run);
        if (known == null) {
            known = new HashSet<>();
            file.read().forEach(use -> known.add(use.withoutTime()));
        }
        if (known.add(added.withoutTime()) || again) {
            file.append(List.of(added));
        }
    }

    public List<SecretUse> getUses() {
        try {
            return new UseFile(run).read();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "The uses of secrets by {0} cannot be read: {1}", new Object[] {run, e.getClass()});
            return List.of();
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
