package io.jenkins.plugins.awssecrets.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awssecrets.audit.UseAudit;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.builds.WaitNotice;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.binding.Renewal;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.step.binding.JobView;
import io.jenkins.plugins.awssecrets.step.binding.SecretBinding;
import io.jenkins.plugins.awssecrets.step.binding.Use;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A block of a build: looks its bindings up, fetches all they need in one batch, masks it, makes its variables and
 * files, and takes everything back when it ends.
 */
final class SecretBlock {
    /** For all calls of a block, with retries. An abort ends them sooner. */
    private static final Duration BUDGET = Duration.ofMinutes(2);

    private final String id;
    private final Run<?, ?> run;
    private final TaskListener listener;

    /** @param id the same for entering and leaving, over a restart too */
    SecretBlock(String id, Run<?, ?> run, TaskListener listener) {
        this.id = id;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Blocks on the network and the agent: never to be called on a CPS thread. What was made is taken back when this
     * throws.
     *
     * @throws SecretException when not all of it can be had; nothing is bound then
     */
    BoundVariables enter(List<SecretBinding> bindings, Surroundings around) throws IOException, InterruptedException {
        BindingPlan plan = new BindingPlan(String.CASE_INSENSITIVE_ORDER);
        List<Use> uses = uses(bindings, plan);
        try {
            BuildSecrets secrets = BuildSecrets.of(run);
            Snapshot snapshot = read(uses);
            BoundEnvironment stored = plan.bind(snapshot);
            // Before the first line is printed: a name may repeat a value.
            secrets.mask(stored.secrets());
            report(secrets, uses, snapshot, stored);
            BindingSessions sessions = new BindingSessions(
                    bindings,
                    uses,
                    bindings.stream().anyMatch(SecretBinding::makesSession) ? around.environment() : new EnvVars(),
                    run,
                    around.haveDirectory());
            BoundEnvironment bound = sessions.in(stored);
            secrets.mask(bound.secrets());
            Map<String, String> variables = texts(bound.variables());
            variables.putAll(files(bound.files(), around));
            // A session token or port of a block around this one belongs to another credential.
            Set<String> inherited = new HashSet<>();
            bindings.forEach(binding -> inherited.addAll(binding.inherited()));
            plan.variables().stream()
                    .filter(name -> !inherited.contains(name))
                    .forEach(n -> variables.putIfAbsent(n, ""));
            BlockRenewals.get().begin(id, renewal(plan, sessions, uses, snapshot));
            return new BoundVariables(id, variables, bound.sensitive());
        } catch (IOException | InterruptedException | RuntimeException e) {
            leaveLater();
            throw e;
        }
    }

    private List<Use> uses(List<SecretBinding> bindings, BindingPlan plan) {
        JobView view = view();
        List<Use> uses = new ArrayList<>();
        for (SecretBinding binding : bindings) {
            uses.add(binding.addTo(plan, view));
        }
        return uses;
    }

    /** Goes on renewing a block that was entered before the controller went down. */
    void resume(List<SecretBinding> bindings, EnvVars around) {
        BlockRenewals.get()
                .resume(
                        id,
                        () -> {
                            BindingPlan plan = new BindingPlan(String.CASE_INSENSITIVE_ORDER);
                            List<Use> uses = uses(bindings, plan);
                            Snapshot snapshot = read(uses);
                            BindingSessions sessions = new BindingSessions(bindings, uses, around, run, true);
                            write(plan, sessions, sessions.in(plan.bind(snapshot)));
                            return renewal(plan, sessions, uses, snapshot);
                        },
                        why -> listener.getLogger()
                                .println("The short-lived credentials of the block are not renewed: " + why.getMessage()
                                        + ". It is tried again every minute"));
    }

    private Renewal renewal(BindingPlan plan, BindingSessions sessions, List<Use> uses, Snapshot snapshot) {
        return new Renewal(
                plan,
                sessions,
                snapshot,
                due -> read(uses.stream()
                        .filter(use -> use.references().stream().anyMatch(due::contains))
                        .toList()),
                anew -> write(plan, sessions, anew),
                listener.getLogger()::println,
                Clock.systemUTC());
    }

    private Snapshot read(List<Use> uses) {
        BuildSecrets secrets = BuildSecrets.of(run);
        return Admitted.to(run, secrets, uses).read(() -> snapshot(secrets, uses, Deadline.in(BUDGET)));
    }

    private void write(BindingPlan plan, BindingSessions sessions, BoundEnvironment anew) {
        BuildSecrets.of(run).mask(anew.secrets());
        try {
            if (anew.files().stream().anyMatch(BoundFile::renewed)) {
                PrivateFiles.replace(anew.files(), Remainders.get().directory(run, id));
            }
        } catch (IOException e) {
            throw new SecretException(
                    Problem.INTERNAL,
                    "private files of the block",
                    "they could not be written (" + e.getMessage() + ")",
                    "check that the agent is connected and its disk is not full");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(
                    Problem.ABORTED, "private files of the block", "writing them was aborted", "run it again");
        }
        Map<String, SecretValue> renewed = new LinkedHashMap<>(anew.variables());
        Set<String> kept = new HashSet<>(plan.renewedVariables());
        kept.addAll(sessions.variables());
        renewed.keySet().retainAll(kept);
        BlockRenewals.get().variables(id, texts(renewed));
    }

    private JobView view() {
        try {
            return JobView.of(run);
        } catch (SecretException e) {
            UseAudit.ofNothing(run, "withAwsSecrets", "block").failed(e);
            throw e;
        }
    }

    private Snapshot snapshot(BuildSecrets secrets, List<Use> uses, Deadline deadline) {
        Map<CatalogView, Set<Reference>> references = new LinkedHashMap<>();
        uses.forEach(use -> references
                .computeIfAbsent(use.view(), v -> new LinkedHashSet<>())
                .addAll(use.references()));
        Snapshot all = Snapshot.EMPTY;
        for (Map.Entry<CatalogView, Set<Reference>> place : references.entrySet()) {
            Snapshot some = secrets.resolve(place.getKey(), place.getValue(), deadline, id);
            for (Locator locator : some.payloads().keySet()) {
                if (all.payloads().containsKey(locator)) {
                    throw new SecretException(
                            Problem.MALFORMED,
                            locator.toString(),
                            "two bindings mean secrets of two sources by it, since a folder gives the id "
                                    + locator.source() + " to its own source",
                            "rename the folder's source, or bind the two in separate blocks");
                }
            }
            all = all.plus(some);
        }
        return all;
    }

    /** Whether a block that ends has nothing to be taken back, as most have. Waits for nobody. */
    static boolean isFree(String id, Run<?, ?> run) {
        return !BlockRenewals.get().isRenewed(id) && !Remainders.get().isLeft(run, id) && BuildSecrets.isFree(run, id);
    }

    /** Removes the files and revokes the leases; what cannot be reached now is left to a later chance, and told. */
    void leave() throws InterruptedException {
        try (WaitNotice ignored = WaitNotice.in(run, "the block's secrets to be revoked and its files to be removed")) {
            leaveLater().get().forEach(left -> listener.getLogger()
                    .println("Could not remove " + left + " yet. It is tried again"));
        } catch (ExecutionException e) {
            // Of the build's own files: the controller's log has it, and the build's end tries once more.
            listener.getLogger().println("The block's secrets are revoked or removed when the build ends");
        }
    }

    /** On a thread that no abort of the build ends. */
    Future<List<String>> leaveLater() {
        BlockRenewals.get().end(id);
        return Catalog.get().executor().submit(() -> {
            List<String> left = Remainders.get().remove(run, id);
            BuildSecrets.of(run).release(id);
            return left;
        });
    }

    private Map<String, String> files(List<BoundFile> files, Surroundings around)
            throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return Map.of();
        }
        FilePath place = around.workspace()
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        files.get(0).variable(),
                        "its file needs an agent, and the block does not run on one",
                        "put withAwsSecrets inside node, or inside a stage with an agent"));
        return PrivateFiles.write(files, Remainders.get().directory(run, id, place), around.user());
    }

    private void report(BuildSecrets secrets, List<Use> uses, Snapshot snapshot, BoundEnvironment bound) {
        UseReport report = new UseReport(
                snapshot, Clock.systemUTC(), AwsSecretsConfiguration.get().isTerseLog(), secrets::isFirst);
        uses.forEach(use -> listener.getLogger().println(report.line(use)));
        for (String variable : bound.unmasked()) {
            listener.getLogger()
                    .println(variable + " is not masked: a value of fewer than " + BoundEnvironment.SHORTEST_MASKED
                            + " bytes would make the log unreadable");
        }
        for (String variable : bound.ordinary()) {
            listener.getLogger()
                    .println(variable
                            + ": its value is an ordinary word or a short number, so this log hides ordinary text too."
                            + " Change the value, or, if it is not secret, bind it with mask: false");
        }
    }

    private static Map<String, String> texts(Map<String, SecretValue> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, text(name, value)));
        return texts;
    }

    private static String text(String name, SecretValue value) {
        if (!value.isText() || value.reveal().indexOf('\0') >= 0) {
            throw new SecretException(
                    Problem.BINARY,
                    "variable " + name,
                    "the value is binary and does not fit into a variable",
                    "declare a credential of kind file and bind it with file(...)");
        }
        return value.reveal();
    }
}
