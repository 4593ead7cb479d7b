package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.reference.MalformedReferenceException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.PendingLeases;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Backoff;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.BuildLogins;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.LoginMethods;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Background;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Session;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.TokenKeeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A Vault or OpenBao. One read a path and version, up to four at once; the mount of each path is asked for once; the
 * login happens at the first call and is shared, unless each build reads with a token of its own.
 */
public final class VaultSource implements LeasedSource {
    /** For revoking the tokens of our logins, all together. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final VaultConnection connection;
    private final Session session;
    private final AuthorizedCalls calls;
    private final Mounts mounts;
    private final SecretReader reader;
    private final VaultLeases leases;
    private final VaultMint mint;

    /** The login that it is a build's session by; empty for the source itself. */
    private final Optional<LoginMethod> ofBuild;

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
        this(VaultConnection.to(id, settings, filter, clock, backoff, background));
    }

    private VaultSource(VaultConnection connection) {
        this.connection = connection;
        LoginMethod login = LoginMethods.of(connection.settings().login(), connection.client(), connection.clock());
        session = new Session(login, connection.client(), connection.clock(), connection.background());
        calls = new AuthorizedCalls(connection.client(), session);
        mounts = new Mounts(calls, connection.clock(), connection.settings().mounts());
        reader = reader(connection, mounts, calls);
        leases = new VaultLeases(calls, connection.subject(), connection.clock());
        mint = new VaultMint(connection.id(), calls, connection.clock());
        ofBuild = Optional.empty();
    }

    /** As a build reads from the source. */
    private VaultSource(VaultSource source, LoginMethod login, SessionStore store) {
        connection = source.connection;
        SessionStore.Key key = connection.keyOf(login);
        session = new Session(
                login,
                connection.client(),
                connection.clock(),
                connection.background(),
                TokenKeeper.in(store, key),
                TokenKeeper.kept(store, key));
        calls = new AuthorizedCalls(connection.client(), session, true);
        mounts = source.mounts.askedWith(calls);
        reader = reader(connection, mounts, calls);
        leases = new VaultLeases(calls, connection.subject(), connection.clock());
        mint = new VaultMint(connection.id(), calls, connection.clock());
        ofBuild = Optional.of(login);
    }

    private static SecretReader reader(VaultConnection connection, Mounts mounts, AuthorizedCalls calls) {
        return new SecretReader(
                mounts, new KvV2Reader(calls, connection.client()), new PlainReader(calls, connection.clock()));
    }

    private KvListing listing() {
        return new KvListing(
                id(),
                connection.filter(),
                mounts,
                calls,
                connection.parallel(),
                connection.clock(),
                connection.client());
    }

    private boolean servesBuildsAlone() {
        return ofBuild.isEmpty() && connection.settings().perBuild();
    }

    /** Whether the controller has no login, so that there is nobody to list. */
    private boolean hasNoLogin() {
        return ofBuild.isEmpty() && connection.settings().login() instanceof VaultLogin.BuildJwt;
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return ofBuild.isPresent()
                ? Optional.empty()
                : BuildLogins.of(
                                connection.settings().login(),
                                connection.settings().childTokens(),
                                calls,
                                connection.client(),
                                connection.clock(),
                                build)
                        .map(login -> new VaultSource(this, login, build.sessions()));
    }

    @Override
    public String identity() {
        return ofBuild.map(LoginMethod::name).orElseGet(LeasedSource.super::identity);
    }

    @Override
    public String id() {
        return connection.id();
    }

    @Override
    public SourceKind kind() {
        return SourceKind.VAULT;
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        if (servesBuildsAlone()) {
            throw BuildLogins.outside(connection.subject());
        }
        Instant since = connection.clock().instant();
        Map<Locator, Mount> readable = new LinkedHashMap<>();
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        PendingLeases pending = new PendingLeases();
        for (Locator locator : locators) {
            if (Minting.isName(locator.name())) {
                outcomes.put(locator, outcome(locator, pending, () -> mint.make(locator, deadline)));
                continue;
            }
            try {
                // Kept again here: a path with '..' in it would reach another API than the one meant.
                Reference.of(locator.source(), locator.name(), Optional.empty()).checkFor(SourceKind.VAULT);
                readable.put(locator, mounts.of(locator.name(), deadline));
            } catch (MalformedReferenceException e) {
                outcomes.put(locator, new Outcome.Failed(about(locator, e)));
            }
        }
        try {
            if (!readable.isEmpty()) {
                outcomes.putAll(connection
                        .parallel()
                        .all(readable.keySet(), l -> read(l, readable.get(l), since, pending, deadline), deadline));
            }
            return outcomes;
        } catch (SecretException e) {
            pending.drop().forEach(e::addSuppressed);
            throw e;
        }
    }

    private Outcome read(Locator locator, Mount mount, Instant since, PendingLeases pending, Deadline deadline) {
        return outcome(locator, pending, () -> reader.read(locator, mount, since, deadline));
    }

    private Outcome outcome(Locator locator, PendingLeases pending, Supplier<SecretPayload> read) {
        try {
            SecretPayload payload = read.get();
            pending.add(this, payload);
            return new Outcome.Found(payload);
        } catch (SecretException e) {
            if (e.problem() == Problem.ABORTED) {
                throw e;
            }
            return new Outcome.Failed(about(locator, e));
        } catch (RuntimeException e) {
            return new Outcome.Failed(about(locator, connection.client().unforeseen(e)));
        }
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return hasNoLogin() ? List.of() : listing().list(deadline);
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return hasNoLogin()
                ? Inventory.NOTHING
                : new VaultInspection(connection.filter(), mounts, listing()).run(about, deadline);
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        return new VaultCheck(connection, session, calls, listing(), ofBuild.isPresent()).run(deadline);
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
            if (ofBuild.isEmpty()) {
                connection.parallel().close();
            }
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
