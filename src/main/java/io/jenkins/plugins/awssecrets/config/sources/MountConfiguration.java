package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.engine.source.vault.MountSetting;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A mount of Vault and its engine, where Vault does not tell. */
public final class MountConfiguration extends AbstractDescribableImpl<MountConfiguration> {
    private final String path;
    private Integer kvVersion;

    @DataBoundConstructor
    public MountConfiguration(String path) {
        this.path = Util.fixNull(path).trim();
    }

    public String getPath() {
        return path;
    }

    /** {@code null} for an engine other than KV. */
    public Integer getKvVersion() {
        return kvVersion;
    }

    @DataBoundSetter
    public void setKvVersion(Integer kvVersion) {
        this.kvVersion = kvVersion;
    }

    MountSetting toSetting() {
        return new MountSetting(path, Optional.ofNullable(kvVersion));
    }

    private static void checkPath(String text) {
        // Any version will do: it is the path that is checked.
        new MountSetting(text, Optional.empty());
    }

    private static void checkVersion(String text) {
        // Any path will do: it is the version that is checked.
        new MountSetting("any", Optional.of(text.matches("\\d") ? Integer.parseInt(text) : 0));
    }

    @Extension
    @Symbol("mount")
    public static final class DescriptorImpl extends Descriptor<MountConfiguration> {
        @POST
        public FormValidation doCheckPath(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, MountConfiguration::checkPath);
        }

        @POST
        public FormValidation doCheckKvVersion(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, MountConfiguration::checkVersion);
        }

        @Override
        public String getDisplayName() {
            return Messages.MountConfiguration_DisplayName();
        }
    }
}
