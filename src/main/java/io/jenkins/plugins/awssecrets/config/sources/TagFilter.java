package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A tag that a secret must have to be listed; without a value, any value will do. */
public final class TagFilter extends AbstractDescribableImpl<TagFilter> {
    private final String key;
    private final String value;

    @DataBoundConstructor
    public TagFilter(String key, String value) {
        this.key = Util.fixNull(key).trim();
        this.value = Util.fixNull(value).trim();
    }

    private Object readResolve() {
        return new TagFilter(key, value);
    }

    public String getKey() {
        return key;
    }

    public String getValue() {
        return value;
    }

    @Extension
    @Symbol("tag")
    public static final class DescriptorImpl extends Descriptor<TagFilter> {
        @Override
        public String getDisplayName() {
            return Messages.TagFilter_DisplayName();
        }
    }
}
