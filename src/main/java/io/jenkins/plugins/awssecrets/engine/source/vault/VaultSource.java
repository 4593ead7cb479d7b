package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.MalformedReferenceException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.PendingLeases;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Backoff;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.HttpClients;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TlsContexts;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.Background;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.LoginMethods;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A Vault or OpenBao. One read a path and version, up to four at once; the mount of each path is asked for once; the
 * login happens at the first call and is shared.
 */
public final class VaultSource implements LeasedSource {
    /** For revoking the tokens of our logins, all together. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String id;
    private final Clock clock;
    private final VaultClient client;
    private final Session session;
    private final Mounts mounts;
    private final SecretReader reader;
    private final ParallelReads parallel;
    private final KvListing listing;
    private final VaultLeases leases;
    private final VaultCheck check;
    private final VaultInspection inspection;

    /** @throws SecretException {@code MALFORMED} when the TLS settings cannot be used */
    public VaultSource(String id, VaultSettings settings, SourceFilter filter) {
        this(id, settings, filter, Clock.systemUTC(), Backoff.real(), Background.threads("token of source " + id));
    }

    /**
     * @param clock for tokens and leases
     * @param backoff between the attempts of one request
     * @param background runs the renewals of the token
     */
    public VaultSource(
            String id,
            VaultSettings settings,
            SourceFilter filter,
            Clock clock,
            Backoff backoff,
            Background background) {
        this.id = id;
        this.clock = clock;
        String subject = "source " + id;
        client = client(subject, settings, clock, backoff);
        session = new Session(LoginMethods.of(settings.login(), client, clock), client, clock, background);
        AuthorizedCalls calls = new AuthorizedCalls(client, session);
        mounts = new Mounts(calls, clock);
        reader = new SecretReader(mounts, new KvV2Reader(calls, client), new PlainReader(calls, clock));
        parallel = new ParallelReads(id, client);
        listing = new KvListing(id, filter, mounts, calls, parallel, clock, client);
        leases = new VaultLeases(calls, subject, clock);
        inspection = new VaultInspection(id, filter, mounts, calls, parallel, clock, client);
        check = new VaultCheck(client, session, listing, filter);
    }

    private static VaultClient client(String subject, VaultSettings settings, Clock clock, Backoff backoff) {
        Optional<SSLContext> tls =
                settings.ca().isPresent() || settings.identity().isPresent()
                        ? Optional.of(new TlsContexts(subject).context(settings.ca(), settings.identity()))
                        : Optional.empty();
        return new VaultClient(
                subject,
                settings.url(),
                settings.namespace(),
                HttpClients.client(settings.url(), tls, settings.proxy(), settings.connectTimeout()),
                settings.requestTimeout(),
                backoff,
                clock);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.VAULT;
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        Instant since = clock.instant();
        Map<Locator, Mount> readable = new LinkedHashMap<>();
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (Locator locator : locators) {
            try {
                // Kept again here: a path with '..' in it would reach another API than the one meant.
                Reference.of(locator.source(), locator.name(), Optional.empty()).checkFor(SourceKind.VAULT);
                readable.put(locator, mounts.of(locator.name(), deadline));
            } catch (MalformedReferenceException e) {
                outcomes.put(locator, new Outcome.Failed(about(locator, e)));
            }
        }
        PendingLeases pending = new PendingLeases();
        try {
            if (!readable.isEmpty()) {
                outcomes.putAll(parallel.all(
                        readable.keySet(), l -> read(l, readable.get(l), since, pending, deadline), deadline));
            }
            return outcomes;
        } catch (SecretException e) {
            pending.drop().forEach(e::addSuppressed);
            throw e;
        }
    }

    private Outcome read(Locator locator, Mount mount, Instant since, PendingLeases pending, Deadline deadline) {
        try {
            SecretPayload payload = reader.read(locator, mount, since, deadline);
            pending.add(this, payload);
            return new Outcome.Found(payload);
        } catch (SecretException e) {
            if (e.problem() == Problem.ABORTED) {
                throw e;
            }
            return new Outcome.Failed(about(locator, e));
        } catch (RuntimeException e) {
            return new Outcome.Failed(about(locator, client.unforeseen(e)));
        }
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return listing.list(deadline);
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return inspection.run(about, deadline);
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        return check.run(deadline);
    }

    @Override
    public Lease renew(Lease lease, Deadline deadline) {
        return leases.renew(lease, deadline);
    }

    @Override
    public void revoke(Lease lease, Deadline deadline) {
        leases.revoke(lease, deadline);
    }

    @Override
    public Optional<LoginLife> login() {
        return session.life();
    }

    /** Revokes the tokens of this source's logins, and with them every lease that they were given. */
    @Override
    public void close() {
        // An aborted build closes its sources too, and its tokens are to end all the same.
        boolean interrupted = Thread.interrupted();
        try {
            parallel.close();
            session.close(Deadline.in(CLOSING));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SecretException about(Locator locator, SecretException e) {
        return e.subject().equals(locator.toString()) ? e : e.about(locator.toString());
    }
}
