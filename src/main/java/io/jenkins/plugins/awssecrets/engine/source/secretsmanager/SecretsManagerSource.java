package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.BuildSession;
import io.jenkins.plugins.awssecrets.engine.source.aws.CheckSteps;
import io.jenkins.plugins.awssecrets.engine.source.aws.service.AwsSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Secrets Manager. Reading needs {@code secretsmanager:GetSecretValue} on the secrets that references name, and
 * {@code kms:Decrypt} on a secret's own key. {@code secretsmanager:BatchGetSecretValue} saves calls and is not needed.
 * Listing needs {@code secretsmanager:ListSecrets}.
 */
public final class SecretsManagerSource extends AwsSource<SecretsManagerClient> {
    private final SecretReader reader;
    private final SecretListing listing;
    private final SecretsManagerCheck check;
    private final SecretInspection inspection;

    public SecretsManagerSource(String id, AwsSettings settings, SourceFilter filter) {
        super(
                id,
                settings,
                AwsConnection.to("source " + id, "Secrets Manager", settings, SecretsManagerClient::builder));
        this.reader = new SecretReader(connection());
        this.listing = new SecretListing(id, connection(), filter);
        this.inspection = new SecretInspection(id, connection());
        this.check = new SecretsManagerCheck(id, connection(), reader, filter);
    }

    private SecretsManagerSource(SecretsManagerSource origin, BuildSession session, BuildIdentity build) {
        super(origin, session, build);
        this.reader = new SecretReader(connection());
        this.listing = origin.listing;
        this.inspection = origin.inspection;
        this.check = origin.check;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.SECRETS_MANAGER;
    }

    /** {@inheritDoc} Current versions come 20 a call where the caller may do that, any other version alone. */
    @Override
    protected Map<Locator, Outcome> read(Collection<Locator> stored, Deadline deadline) {
        return reader.read(stored, deadline);
    }

    @Override
    protected SecretSource in(BuildSession own, BuildIdentity build) {
        return new SecretsManagerSource(this, own, build);
    }

    @Override
    protected List<SecretMetadata> listed(Deadline deadline) {
        return listing.list(deadline);
    }

    @Override
    public Inventory inspect(Collection<String> about, Deadline deadline) {
        return inspection.run(deadline);
    }

    @Override
    protected List<CheckSteps.Step> readings(Deadline deadline) {
        return check.readings(deadline);
    }

    @Override
    protected void tryListing(Deadline deadline) {
        check.list(deadline);
    }
}
