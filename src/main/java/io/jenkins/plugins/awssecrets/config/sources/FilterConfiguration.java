package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What listing a source is narrowed to: Secrets Manager by {@code namePrefix}, the others by {@code pathPrefix}. */
public final class FilterConfiguration extends AbstractDescribableImpl<FilterConfiguration> {
    private String pathPrefix;
    private String namePrefix;
    private String stripPrefix;
    private List<TagFilter> tags;
    private boolean hideDescription;
    private Boolean replaceSlashes;

    @DataBoundConstructor
    public FilterConfiguration() {
        // All of it is optional.
    }

    private Object readResolve() {
        setTags(ReadBack.list(tags, TagFilter.class));
        return this;
    }

    public String getPathPrefix() {
        return pathPrefix;
    }

    @DataBoundSetter
    public void setPathPrefix(String pathPrefix) {
        this.pathPrefix = Util.fixEmptyAndTrim(pathPrefix);
    }

    /** One, or several with commas between them. */
    public String getNamePrefix() {
        return namePrefix;
    }

    @DataBoundSetter
    public void setNamePrefix(String namePrefix) {
        this.namePrefix = Util.fixEmptyAndTrim(namePrefix);
    }

    /** One, or several with commas between them: the longest that fits counts. */
    public String getStripPrefix() {
        return stripPrefix;
    }

    @DataBoundSetter
    public void setStripPrefix(String stripPrefix) {
        this.stripPrefix = Util.fixEmptyAndTrim(stripPrefix);
    }

    public List<TagFilter> getTags() {
        return tags == null ? List.of() : List.copyOf(tags);
    }

    @DataBoundSetter
    public void setTags(List<TagFilter> tags) {
        this.tags = tags == null || tags.isEmpty() ? null : new ArrayList<>(tags);
    }

    /** Whether a discovered credential's description is left empty. */
    public boolean isHideDescription() {
        return hideDescription;
    }

    @DataBoundSetter
    public void setHideDescription(boolean hideDescription) {
        this.hideDescription = hideDescription;
    }

    /** Whether {@code -} stands for each slash in ids; {@code null} for what is usual with the kind of source. */
    public Boolean getReplaceSlashes() {
        return replaceSlashes;
    }

    @DataBoundSetter
    public void setReplaceSlashes(Boolean replaceSlashes) {
        this.replaceSlashes = replaceSlashes;
    }

    /** Forgets what is usual with the kind anyway, which a form always tells. */
    FilterConfiguration of(SourceKind kind) {
        if (replaceSlashes != null && replaceSlashes == kind.namesArePaths()) {
            replaceSlashes = null;
        }
        return this;
    }

    boolean isEmpty() {
        return pathPrefix == null
                && namePrefix == null
                && stripPrefix == null
                && tags == null
                && !hideDescription
                && replaceSlashes == null;
    }

    void check(SourceKind kind) {
        boolean byName = kind == SourceKind.SECRETS_MANAGER;
        if (byName ? pathPrefix != null : namePrefix != null) {
            throw Malformed.at(
                    byName ? "pathPrefix" : "namePrefix",
                    "a source of the kind " + kind.symbol() + " does not have this filter",
                    "use " + (byName ? "namePrefix" : "pathPrefix"));
        }
        for (int i = 0; i < getTags().size(); i++) {
            if (getTags().get(i).getKey().isEmpty()) {
                throw Malformed.at("tags[" + i + "].key", "it is missing", "add it");
            }
        }
    }

    SourceFilter toFilter(SourceKind kind) {
        Map<String, String> byKey = new LinkedHashMap<>();
        getTags().forEach(tag -> byKey.put(tag.getKey(), tag.getValue()));
        return new SourceFilter(
                pathPrefix == null ? prefixes(namePrefix) : List.of(pathPrefix),
                byKey,
                prefixes(stripPrefix),
                hideDescription,
                replaceSlashes == null ? kind.namesArePaths() : replaceSlashes);
    }

    private static List<String> prefixes(String text) {
        return text == null ? List.of() : SourceFilter.prefixesIn(text);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<FilterConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.FilterConfiguration_DisplayName();
        }
    }
}
