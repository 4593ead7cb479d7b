package io.jenkins.plugins.awssecrets.credentials;

import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.auth.BasicSessionCredentials;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A credential of the kind {@code aws}, for both of AWS' SDKs. There only while the plugin aws-credentials is. */
public final class FetchedAwsKey extends FetchedCredentials implements AmazonWebServicesCredentials {
    private static final long serialVersionUID = 1L;

    FetchedAwsKey(Identity identity, CredentialValues values) {
        super(identity, values);
    }

    /** The id: an access key would have to be fetched. */
    @Override
    public String getDisplayName() {
        return getId();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        Map<String, SecretValue> all = values().all();
        String key = all.get("accessKeyId").reveal();
        String secret = all.get("secretAccessKey").reveal();
        SecretValue token = all.get("sessionToken");
        return token == null || token.isEmpty()
                ? AwsBasicCredentials.create(key, secret)
                : AwsSessionCredentials.create(key, secret, token.reveal());
    }

    /** A one-time code is of no use here: what the source gives is what there is. */
    @Override
    public AwsCredentials resolveCredentials(String mfaToken) {
        return resolveCredentials();
    }

    /** For the first SDK. */
    @Override
    public AWSCredentials getCredentials() {
        AwsCredentials resolved = resolveCredentials();
        return resolved instanceof AwsSessionCredentials session
                ? new BasicSessionCredentials(session.accessKeyId(), session.secretAccessKey(), session.sessionToken())
                : new BasicAWSCredentials(resolved.accessKeyId(), resolved.secretAccessKey());
    }

    @Deprecated
    @Override
    public AWSCredentials getCredentials(String mfaToken) {
        return getCredentials();
    }

    /** Nothing is kept, so there is nothing to refresh. */
    @Override
    public void refresh() {}

    @Override
    public FetchedAwsKey with(CredentialValues values) {
        return new FetchedAwsKey(identity(), values);
    }

    @Extension(optional = true)
    public static final class DescriptorImpl extends FetchedCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "AWS access key (AWS Secrets)";
        }

        @Override
        CredentialKind kind() {
            return Kinds.AWS;
        }

        @Override
        FetchedAwsKey create(Identity identity, CredentialValues values) {
            return new FetchedAwsKey(identity, values);
        }
    }

    @Extension(optional = true)
    public static final class SnapshotTaker extends Taker<FetchedAwsKey> {
        public SnapshotTaker() {
            super(FetchedAwsKey.class);
        }
    }
}
