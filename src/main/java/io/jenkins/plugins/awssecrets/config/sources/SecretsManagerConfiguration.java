package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
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
    protected SecretSource open(SourceFilter filter, ItemGroup<?> place) {
        return new SecretsManagerSource(getId(), settings(place), filter);
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
