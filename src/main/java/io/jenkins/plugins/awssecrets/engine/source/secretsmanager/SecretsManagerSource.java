package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
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
import io.jenkins.plugins.awssecrets.engine.source.aws.RegionOfArn;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final AwsMint mint;
    private final AwsConnection<SecretsManagerClient> connection;
    private final SecretReader reader;
    private final SecretListing listing;
    private final SecretsManagerCheck check;
    private final SecretInspection inspection;

    public SecretsManagerSource(String id, AwsSettings settings, SourceFilter filter) {
        this.id = id;
        this.connection = AwsConnection.to("source " + id, "Secrets Manager", settings, SecretsManagerClient::builder);
        this.mint = new AwsMint(id, settings);
        this.reader = new SecretReader(connection);
        this.listing = new SecretListing(id, connection, filter);
        this.inspection = new SecretInspection(id, connection);
        this.check = new SecretsManagerCheck(id, connection, reader, filter);
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
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>(
                RegionOfArn.explained(reader.read(AwsMint.stored(locators), deadline), connection.place()));
        outcomes.putAll(mint.make(locators, deadline));
        return outcomes;
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return listing.list(deadline);
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return inspection.run(deadline);
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        return check.run(deadline);
    }

    @Override
    public void close() {
        mint.close();
        connection.close();
    }
}
