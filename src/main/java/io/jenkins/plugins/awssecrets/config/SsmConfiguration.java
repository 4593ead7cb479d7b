package io.jenkins.plugins.awssecrets.config;

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
    public static final String DEFAULT_ID = "ssm";

    /** @param id what references begin with; {@value #DEFAULT_ID} when empty */
    @DataBoundConstructor
    public SsmConfiguration(String id) {
        super(id == null || id.isBlank() ? DEFAULT_ID : id);
    }

    @Override
    protected SourceKind kind() {
        return SourceKind.SSM;
    }

    @Override
    protected SecretSource open(SourceFilter filter, ItemGroup<?> place) {
        return new SsmSource(getId(), settings(place), filter);
    }

    @Extension
    @Symbol("ssm")
    public static final class DescriptorImpl extends SourceDescriptor {
        @Override
        public String getDisplayName() {
            return "AWS Systems Manager Parameter Store";
        }
    }
}
