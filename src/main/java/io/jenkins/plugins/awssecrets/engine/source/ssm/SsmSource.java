package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.BuildSession;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.aws.RegionOfArn;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Parameter Store. Reading needs {@code ssm:GetParameters} on the parameters that references name, and
 * {@code kms:Decrypt} on the key of a {@code SecureString} that is not encrypted with {@code alias/aws/ssm}. Listing
 * needs {@code ssm:DescribeParameters} and {@code ssm:ListTagsForResource}.
 *
 * <p>Making one takes no network: region, credentials and client are found at the first call.
 */
public final class SsmSource implements SecretSource {
    private final String id;
    private final AwsSettings settings;

    /** Of the build whose source it is; empty for the source itself. */
    private final Optional<BuildSession> session;

    private final AwsMint mint;
    private final AwsConnection<SsmClient> connection;
    private final ParameterReader reader;
    private final ParameterListing listing;
    private final SsmCheck check;
    private final ParameterInspection inspection;

    public SsmSource(String id, AwsSettings settings, SourceFilter filter) {
        this.id = id;
        this.settings = settings;
        this.session = Optional.empty();
        this.connection = AwsConnection.to("source " + id, "Parameter Store", settings, SsmClient::builder);
        this.mint = new AwsMint(id, settings);
        this.reader = new ParameterReader(connection);
        this.listing = new ParameterListing(id, connection, filter);
        this.inspection = new ParameterInspection(id, connection, filter);
        this.check = new SsmCheck(id, connection, reader, filter);
    }

    private SsmSource(SsmSource origin, BuildSession session, BuildIdentity build) {
        this.id = origin.id;
        this.settings = origin.settings;
        this.session = Optional.of(session);
        this.connection = origin.connection.in(session);
        this.mint = new AwsMint(id, settings.of(session, build));
        this.reader = new ParameterReader(connection);
        this.listing = origin.listing;
        this.inspection = origin.inspection;
        this.check = origin.check;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.SSM;
    }

    /** {@inheritDoc} Ten names a call; names that an all-or-nothing refusal hit with others are read one by one. */
    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        if (session.isEmpty() && settings.perBuild().isPresent()) {
            throw PerBuild.outsideOfBuilds(id);
        }
        session.ifPresent(own -> own.reading(locators));
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>(
                RegionOfArn.explained(reader.read(AwsMint.stored(locators), deadline), connection.place()));
        outcomes.putAll(mint.make(locators, deadline));
        return session.map(own -> own.explained(outcomes)).orElse(outcomes);
    }

    @Override
    public Optional<SecretSource> forBuild(BuildIdentity build) {
        return settings.perBuild().map(how -> new SsmSource(this, connection.session(how, build, kind()), build));
    }

    @Override
    public String identity() {
        return session.map(BuildSession::identity).orElseGet(SecretSource.super::identity);
    }

    @Override
    public String identityInFull() {
        return session.map(BuildSession::identityInFull).orElseGet(SecretSource.super::identityInFull);
    }

    /**
     * {@inheritDoc} Only parameters that have the tag {@code jenkins:credentials:type} come with their tags, because
     * Parameter Store gives tags a parameter a call.
     */
    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return lists() ? listing.list(deadline) : List.of();
    }

    /** {@inheritDoc} Needs {@code ssm:DescribeParameters}. */
    @Override
    public List<String> below(String path, Deadline deadline) {
        return listing.below(path, deadline);
    }

    /** {@inheritDoc} Tags are told of 100 parameters at most, those near the names asked about first. */
    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return inspection.run(about, deadline);
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        if (settings.perBuild().isEmpty()) {
            return check.run(deadline);
        }
        List<SourceCheck> ofController = lists() ? check.withoutReading(deadline) : List.of();
        return Stream.concat(
                        ofController.stream(),
                        Stream.of(settings.perBuild().get().notTried(id)))
                .toList();
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
