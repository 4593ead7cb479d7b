package io.jenkins.plugins.awssecrets.step.binding;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.audit.UseAudit;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.builds.WaitNotice;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import io.jenkins.plugins.awssecrets.engine.credential.SecretsFrom;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/** What one job may use: the credentials and sources of its folder and above, none of SYSTEM scope. */
public final class JobView {
    /** For a source's first listing, where nothing is known of it yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_IDS = 10;

    private final CatalogView view;
    private final Run<?, ?> run;
    private final ItemGroup<?> folder;
    private final Map<String, CatalogView> above = new HashMap<>();

    private JobView(CatalogView view, Run<?, ?> run) {
        this.view = view;
        this.run = run;
        this.folder = run.getParent().getParent();
    }

    /**
     * What a build may use: all that its job sees, as with every credential of Jenkins, unless the build runs as somebody
     * who may not use the job's credentials.
     *
     * @throws SecretException then
     */
    public static JobView of(Run<?, ?> run) {
        Job<?, ?> job = run.getParent();
        Authentication identity = job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        if (!ACL.SYSTEM2.equals(identity) && !run.hasPermission2(identity, CredentialsProvider.USE_ITEM)) {
            throw new SecretException(
                    Problem.REFUSED,
                    "build " + run.getFullDisplayName(),
                    "it runs as " + identity.getName() + ", who may not use the credentials of " + job.getFullName(),
                    "grant " + identity.getName()
                            + " the permission Credentials/UseItem on it, or let it run as another");
        }
        return new JobView(Catalog.get().forItem(job), run);
    }

    CatalogView catalog() {
        return view;
    }

    /**
     * Where a credential's references are read: here, so that a block is one batch, unless a folder in between gives a
     * source's id to a source of its own. What was declared above still means the source above.
     */
    CatalogView catalogOf(CatalogEntry entry) {
        CatalogView declared = above.computeIfAbsent(
                entry.owner().getFullName(), name -> Catalog.get().in(entry.owner()));
        boolean same = entry.definition().references().stream()
                .map(Reference::source)
                .allMatch(source -> declared.placeOf(source).equals(view.placeOf(source)));
        return same ? view : declared;
    }

    /**
     * May wait for a listing: never to be called on a CPS thread.
     *
     * @param named an id, or a credentials parameter of the build
     */
    CatalogEntry credential(String named, CredentialKind kind) {
        Optional<CredentialsParameter> parameter = CredentialsParameter.of(run, named);
        CatalogEntry entry = ofId(parameter.map(CredentialsParameter::id).orElse(named), kind, parameter.isPresent());
        parameter.ifPresent(chosen -> chosen.check(run));
        return entry;
    }

    private CatalogEntry ofId(String id, CredentialKind kind, boolean chosen) {
        String subject = kind.symbol() + " '" + id + "'";
        // A parameter's value is an id: who starts a build names no secrets by it.
        Optional<Reference> direct = kind == Kinds.STRING && !chosen ? view.reference(id) : Optional.empty();
        if (direct.isPresent()) {
            return CatalogEntry.ofReference(id, direct.get(), folder);
        }
        CatalogEntry entry = find(id).orElseThrow(() -> unknown(subject, kind));
        CredentialKind actual = entry.definition().kind();
        if (actual != kind) {
            throw new SecretException(
                    Problem.MALFORMED,
                    subject,
                    "it is of kind " + actual.symbol(),
                    "write " + actual.symbol() + "('" + id + "')");
        }
        return entry;
    }

    private Optional<CatalogEntry> find(String id) {
        Optional<CatalogEntry> known = view.find(id, Duration.ZERO);
        if (known.isPresent()) {
            return known;
        }
        Deadline deadline = Deadline.in(PATIENCE);
        try (WaitNotice ignored = WaitNotice.in(run, () -> "the list of secrets of " + listed(), deadline)) {
            return view.find(id, PATIENCE);
        }
    }

    /** The sources that are called now, or else those that may be waited for. */
    private String listed() {
        List<String> ids = view.sources().stream()
                .filter(SourceStatus::discovered)
                .map(SourceStatus::id)
                .toList();
        return view.waitedFor(ids);
    }

    Reference reference(String variable, String text) {
        return view.parser().secret("secret " + VariableNames.checked(variable, "the variable of a secret"), text);
    }

    SecretsFrom secrets(String text) {
        return view.parser().secrets("secrets", text);
    }

    /**
     * The names of all parameters below a path. Blocks on the network.
     *
     * @throws SecretException where the rules do not allow all of them to the build; then neither a name nor a number is
     *     told
     */
    List<String> below(SecretsFrom.Below path) {
        BuildSecrets secrets = BuildSecrets.of(run);
        if (!secrets.mayName(view, path.source())) {
            // Nothing below it can be allowed, now or before, so nobody is asked what there is.
            return refused(path, "source " + path.source() + " has no rule that allows direct references");
        }
        Deadline deadline = Deadline.in(PATIENCE);
        List<String> names;
        try (WaitNotice ignored = WaitNotice.in(run, () -> "source " + path.source(), deadline)) {
            names = view.source(path.source()).orElseThrow().below(path.path(), deadline);
        }
        if (names.isEmpty()) {
            throw new SecretException(
                    Problem.NOT_FOUND, path.toString(), "no parameter is below this path", "check path and region");
        }
        if (!names.stream()
                .allMatch(name -> secrets.admit(view, path.parameter(name)).allows())) {
            return refused(path, "not all parameters below this path are allowed to " + Requesters.of(run));
        }
        return names;
    }

    private List<String> refused(SecretsFrom.Below path, String reason) {
        SecretException why = new SecretException(
                Problem.REFUSED,
                path.toString(),
                reason,
                "bind those that are by secret(...), or allow them by a rule of source " + path.source()
                        + " such as { names: [\"" + path.path() + "/**\"] }");
        UseAudit.ofNothing(run, path.toString(), "secrets").failed(why);
        throw why;
    }

    private SecretException unknown(String subject, CredentialKind kind) {
        String failed = view.listings().entrySet().stream()
                .filter(listing -> listing.getValue().problem().isPresent())
                .map(listing -> "; source " + listing.getKey() + " could not be listed: "
                        + listing.getValue().problem().orElseThrow().reason())
                .collect(Collectors.joining());
        List<String> ids = view.entries(Duration.ZERO).stream()
                .filter(entry -> !entry.system() && entry.definition().kind() == kind)
                .map(entry -> entry.definition().id())
                .sorted()
                .limit(MOST_IDS)
                .toList();
        return new SecretException(
                Problem.NOT_FOUND,
                subject,
                "no credential with this id is declared or discovered here or in a parent folder" + failed,
                ids.isEmpty()
                        ? "check the id and where it is declared. No `" + kind.symbol() + "` credential is available"
                        : "available `" + kind.symbol() + "` credentials: " + String.join(", ", ids));
    }
}
