package io.jenkins.plugins.awssecrets.engine.source.aws.service;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsVariables;
import io.jenkins.plugins.awssecrets.engine.source.aws.BuildSession;
import io.jenkins.plugins.awssecrets.engine.source.aws.CheckSteps;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.aws.RegionOfArn;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service of AWS that keeps values, read by the source's own login or, in a source for one build, in that build's
 * session. What is made by AWS when a build asks is made with the same login.
 *
 * <p>Making one takes no network: region, credentials and client are found at the first call.
 *
 * @param <C> the SDK's client
 */
public abstract class AwsSource<C extends AutoCloseable> implements SecretSource {
    private final String id;
    private final AwsSettings settings;
    private final AwsConnection<C> connection;

    /** Of the build whose source it is; empty for the source itself. */
    private final Optional<BuildSession> session;

    private final AwsMint mint;

    protected AwsSource(String id, AwsSettings settings, AwsConnection<C> connection) {
        this.id = id;
        this.settings = settings;
        this.connection = connection;
        this.session = Optional.empty();
        this.mint = new AwsMint(id, settings);
    }

    /** The source as a build reads from it. */
    protected AwsSource(AwsSource<C> origin, BuildSession session, BuildIdentity build) {
        this.id = origin.id;
        this.settings = origin.settings;
        this.connection = origin.connection.in(session);
        this.session = Optional.of(session);
        this.mint = new AwsMint(id, settings.of(session, build));
    }

    /** Reads what is stored. */
    protected abstract Map<Locator, Outcome> read(Collection<Locator> stored, Deadline deadline);

    /** Lists with the source's login, which may do that. */
    protected abstract List<SecretMetadata> listed(Deadline deadline);

    /** Steps of a connection test that read. */
    protected abstract List<CheckSteps.Step> readings(Deadline deadline);

    /** The step of a connection test that lists. */
    protected abstract void tryListing(Deadline deadline);

    /** This source in a build's session. */
    protected abstract SecretSource in(BuildSession own, BuildIdentity build);

    /** In the session of the build, where it is one's. */
    protected final AwsConnection<C> connection() {
        return connection;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        if (session.isEmpty() && settings.perBuild().isPresent()) {
            throw PerBuild.outsideOfBuilds(id);
        }
        session.ifPresent(own -> own.reading(locators));
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>(
                RegionOfArn.explained(read(AwsMint.stored(locators), deadline), connection.place()));
        outcomes.putAll(mint.make(locators, deadline));
        return session.map(own -> own.explained(outcomes)).orElse(outcomes);
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return settings.perBuild().map(how -> in(connection.session(how, build, kind()), build));
    }

    @Override
    public String identity() {
        return session.map(BuildSession::identity).orElse(CONTROLLER);
    }

    @Override
    public String identityInFull() {
        return session.map(BuildSession::identityInFull).orElse(CONTROLLER);
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return lists() ? listed(deadline) : List.of();
    }

    /**
     * {@inheritDoc} {@code authenticate} and {@code reach} are required. What reads and what lists is optional: a caller that may
     * read only what references name passes none of it and is well off. Where builds read as themselves, the source's
     * own login is not asked to read.
     */
    @Override
    public List<SourceCheck> check(Deadline deadline) {
        Optional<PerBuild> builds = settings.perBuild();
        List<SourceCheck> findings = new ArrayList<>();
        if (builds.isEmpty() || lists()) {
            CheckSteps steps = new CheckSteps();
            if (steps.required("authenticate", () -> connection.logIn(deadline))) {
                List<CheckSteps.Step> optional = new ArrayList<>(builds.isEmpty() ? readings(deadline) : List.of());
                optional.add(new CheckSteps.Step("list", () -> tryListing(deadline)));
                steps.reaching(optional);
            }
            findings.addAll(steps.steps());
        }
        findings.addAll(AwsVariables.unused(System.getenv(), "source " + id));
        builds.map(how -> how.notTried(id)).ifPresent(findings::add);
        return findings;
    }

    /** Where each build authenticates itself, the source may have no login that lists. */
    private boolean lists() {
        return settings.login().lists();
    }

    @Override
    public void close() {
        mint.close();
        session.ifPresentOrElse(BuildSession::close, connection::close);
    }
}
