package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.net.URI;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** HashiCorp Vault, or OpenBao, as a source. */
public final class VaultConfiguration extends SourceConfiguration {
    public static final String DEFAULT_ID = "vault";

    private String url;
    private String namespace;
    private VaultAuth auth;

    /** @param id what references begin with; {@value #DEFAULT_ID} when empty */
    @DataBoundConstructor
    public VaultConfiguration(String id) {
        super(id == null || id.isBlank() ? DEFAULT_ID : id);
    }

    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    public VaultAuth getAuth() {
        return auth;
    }

    @DataBoundSetter
    public void setAuth(VaultAuth auth) {
        this.auth = auth;
    }

    @Override
    protected SourceKind kind() {
        return SourceKind.VAULT;
    }

    @Override
    protected SecretSource open(SourceFilter filter) {
        VaultSettings settings = VaultSettings.of(URI.create(url), auth.login());
        return new VaultSource(getId(), namespace == null ? settings : settings.withNamespace(namespace), filter);
    }

    @Extension
    @Symbol("vault")
    public static final class DescriptorImpl extends SourceDescriptor {
        @Override
        public String getDisplayName() {
            return "HashiCorp Vault";
        }
    }
}
