package io.jenkins.plugins.awssecrets.engine.source.ssm;

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
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Parameter Store. Reading needs {@code ssm:GetParameters} on the parameters that references name, and
 * {@code kms:Decrypt} on the key of a {@code SecureString} that is not encrypted with {@code alias/aws/ssm}. Listing
 * needs {@code ssm:DescribeParameters} and {@code ssm:ListTagsForResource}.
 */
public final class SsmSource extends AwsSource<SsmClient> {
    private final ParameterReader reader;
    private final ParameterListing listing;
    private final SsmCheck check;
    private final ParameterInspection inspection;

    public SsmSource(String id, AwsSettings settings, SourceFilter filter) {
        super(id, settings, AwsConnection.to("source " + id, "Parameter Store", settings, SsmClient::builder));
        this.reader = new ParameterReader(connection());
        this.listing = new ParameterListing(id, connection(), filter);
        this.inspection = new ParameterInspection(id, connection(), filter);
        this.check = new SsmCheck(id, connection(), reader, filter);
    }

    private SsmSource(SsmSource origin, BuildSession session, BuildIdentity build) {
        super(origin, session, build);
        this.reader = new ParameterReader(connection());
        this.listing = origin.listing;
        this.inspection = origin.inspection;
        this.check = origin.check;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.SSM;
    }

    /** {@inheritDoc} Ten names a call; names that an all-or-nothing refusal hit with others are read one by one. */
    @Override
    protected Map<Locator, Outcome> read(Collection<Locator> stored, Deadline deadline) {
        return reader.read(stored, deadline);
    }

    @Override
    protected SecretSource in(BuildSession own, BuildIdentity build) {
        return new SsmSource(this, own, build);
    }

    /**
     * {@inheritDoc} Only parameters that have the tag {@code jenkins:credentials:type} come with their tags, because
     * Parameter Store gives tags a parameter a call.
     */
    @Override
    protected List<SecretMetadata> listed(Deadline deadline) {
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
    protected List<CheckSteps.Step> readings(Deadline deadline) {
        return check.readings(deadline);
    }

    @Override
    protected void tryListing(Deadline deadline) {
        check.list(deadline);
    }
}
