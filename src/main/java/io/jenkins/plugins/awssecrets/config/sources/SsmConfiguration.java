package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** AWS Systems Manager Parameter Store as a source. */
public final class SsmConfiguration extends AwsSourceConfiguration {
    /** @param id what references begin with; {@code ssm} when empty */
    @DataBoundConstructor
    public SsmConfiguration(String id) {
        super(id, SourceKind.SSM);
    }

    @Override
    public SourceKind kind() {
        return SourceKind.SSM;
    }

    @Override
    protected SecretSource open(SourceFilter filter, ItemGroup<?> place) {
        return new SsmSource(getId(), settings(place), filter);
    }

    @Extension
    @Symbol("ssm")
    public static final class DescriptorImpl extends AwsSourceDescriptor {
        public DescriptorImpl() {
            super(SourceKind.SSM);
        }

        @Override
        public String getDisplayName() {
            return Messages.SsmConfiguration_DisplayName();
        }
    }
}
