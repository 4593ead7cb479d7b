package io.jenkins.plugins.awssecrets.config;

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
    public static final String DEFAULT_ID = "sm";

    /** @param id what references begin with; {@value #DEFAULT_ID} when empty */
    @DataBoundConstructor
    public SecretsManagerConfiguration(String id) {
        super(id == null || id.isBlank() ? DEFAULT_ID : id);
    }

    @Override
    protected SourceKind kind() {
        return SourceKind.SECRETS_MANAGER;
    }

    @Override
    protected SecretSource open(SourceFilter filter, ItemGroup<?> place) {
        return new SecretsManagerSource(getId(), settings(place), filter);
    }

    @Extension
    @Symbol("secretsManager")
    public static final class DescriptorImpl extends SourceDescriptor {
        @Override
        public String getDisplayName() {
            return "AWS Secrets Manager";
        }
    }
}
