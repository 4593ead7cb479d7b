package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

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
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Secrets Manager. Reading needs {@code secretsmanager:GetSecretValue} on the secrets that references name, and
 * {@code kms:Decrypt} on a secret's own key. {@code secretsmanager:BatchGetSecretValue} saves calls and is not needed.
 * Listing needs {@code secretsmanager:ListSecrets}.
 *
 * <p>Making one takes no network: region, credentials and client are found at the first call.
 */
public final class SecretsManagerSource implements SecretSource {
    private final String id;
    private final AwsSettings settings;

    /** Of the build whose source it is; empty for the source itself. */
    private final Optional<BuildSession> session;

    private final AwsMint mint;
    private final AwsConnection<SecretsManagerClient> connection;
    private final SecretReader reader;
    private final SecretListing listing;
    private final SecretsManagerCheck check;
    private final SecretInspection inspection;

    public SecretsManagerSource(String id, AwsSettings settings, SourceFilter filter) {
        this.id = id;
        this.settings = settings;
        this.session = Optional.empty();
        this.connection = AwsConnection.to("source " + id, "Secrets Manager", settings, SecretsManagerClient::builder);
        this.mint = new AwsMint(id, settings);
        this.reader = new SecretReader(connection);
        this.listing = new SecretListing(id, connection, filter);
        this.inspection = new SecretInspection(id, connection);
        this.check = new SecretsManagerCheck(id, connection, reader, filter);
    }

    private SecretsManagerSource(SecretsManagerSource origin, BuildSession session, BuildIdentity build) {
        this.id = origin.id;
        this.settings = origin.settings;
        this.session = Optional.of(session);
        this.connection = origin.connection.in(session);
        this.mint = new AwsMint(id, settings.of(session, build));
        this.reader = new SecretReader(connection);
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
        return SourceKind.SECRETS_MANAGER;
    }

    /** {@inheritDoc} Current versions come 20 a call where the caller may do that, any other version alone. */
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
        return settings.perBuild()
                .map(how -> new SecretsManagerSource(this, connection.session(how, build, kind()), build));
    }

    @Override
    public String identity() {
        return session.map(BuildSession::identity).orElseGet(SecretSource.super::identity);
    }

    @Override
    public String identityInFull() {
        return session.map(BuildSession::identityInFull).orElseGet(SecretSource.super::identityInFull);
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return lists() ? listing.list(deadline) : List.of();
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return inspection.run(deadline);
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
