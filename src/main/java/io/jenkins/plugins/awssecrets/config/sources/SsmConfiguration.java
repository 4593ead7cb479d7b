package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.authentication.StoredCredentials;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
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
    Recipe recipe(SourceFilter filter, StoredCredentials stored) {
        AwsSettings settings = settings(stored);
        return Recipe.of(settings, () -> new SsmSource(getId(), settings, filter));
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
