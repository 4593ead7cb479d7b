package io.jenkins.plugins.awssecrets.engine.source.ssm;

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
    private final AwsMint mint;
    private final AwsConnection<SsmClient> connection;
    private final ParameterReader reader;
    private final ParameterListing listing;
    private final SsmCheck check;
    private final ParameterInspection inspection;

    public SsmSource(String id, AwsSettings settings, SourceFilter filter) {
        this.id = id;
        this.connection = AwsConnection.to("source " + id, "Parameter Store", settings, SsmClient::builder);
        this.mint = new AwsMint(id, settings);
        this.reader = new ParameterReader(connection);
        this.listing = new ParameterListing(id, connection, filter);
        this.inspection = new ParameterInspection(id, connection, filter);
        this.check = new SsmCheck(id, connection, reader, filter);
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
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>(
                RegionOfArn.explained(reader.read(AwsMint.stored(locators), deadline), connection.place()));
        outcomes.putAll(mint.make(locators, deadline));
        return outcomes;
    }

    /**
     * {@inheritDoc} Only parameters that have the tag {@code jenkins:credentials:type} come with their tags, because
     * Parameter Store gives tags a parameter a call.
     */
    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return listing.list(deadline);
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
        return check.run(deadline);
    }

    @Override
    public void close() {
        mint.close();
        connection.close();
    }
}
