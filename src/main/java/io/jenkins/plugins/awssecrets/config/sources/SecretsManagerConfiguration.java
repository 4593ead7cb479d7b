package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.authentication.StoredCredentials;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** AWS Secrets Manager as a source. */
public final class SecretsManagerConfiguration extends AwsSourceConfiguration {
    /** @param id what references begin with; {@code sm} when empty */
    @DataBoundConstructor
    public SecretsManagerConfiguration(String id) {
        super(id, SourceKind.SECRETS_MANAGER);
    }

    @Override
    public SourceKind kind() {
        return SourceKind.SECRETS_MANAGER;
    }

    @Override
    Recipe recipe(SourceFilter filter, StoredCredentials stored) {
        AwsSettings settings = settings(stored);
        return Recipe.of(settings, () -> new SecretsManagerSource(getId(), settings, filter));
    }

    @Extension
    @Symbol("secretsManager")
    public static final class DescriptorImpl extends AwsSourceDescriptor {
        public DescriptorImpl() {
            super(SourceKind.SECRETS_MANAGER);
        }

        @Override
        public String getDisplayName() {
            return Messages.SecretsManagerConfiguration_DisplayName();
        }
    }
}
