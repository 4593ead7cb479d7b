package io.jenkins.plugins.awssecrets.config;

import com.cloudbees.plugins.credentials.CredentialsStoreAction;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import org.kohsuke.stapler.DataBoundSetter;

/** A source as it is configured, of one kind or the other. */
public abstract class SourceConfiguration extends AbstractDescribableImpl<SourceConfiguration> {
    private final String id;
    private FilterConfiguration filter;

    protected SourceConfiguration(String id) {
        this.id = Util.fixNull(id).trim();
    }

    /** The id that references begin with. */
    public String getId() {
        return id;
    }

    public FilterConfiguration getFilter() {
        return filter;
    }

    @DataBoundSetter
    public void setFilter(FilterConfiguration filter) {
        this.filter = filter;
    }

    protected abstract SourceKind kind();

    /** Makes the source; must not use the network. */
    protected abstract SecretSource open(SourceFilter filter);

    LevelDefinition.Source toSource(boolean discovered) {
        SourceFilter narrowed = filter == null ? SourceFilter.NONE : filter.toFilter();
        return new LevelDefinition.Source(id, kind(), narrowed, discovered, () -> open(narrowed))
                .identifiedBy(identity());
    }

    /** A digest of the settings, without secrets: those encrypt to another text at each start. */
    private String identity() {
        return Util.getDigestOf(CredentialsStoreAction.SECRETS_REDACTED.toXML(this));
    }

    /** The descriptor of a kind of source. */
    public abstract static class SourceDescriptor extends Descriptor<SourceConfiguration> {}
}
