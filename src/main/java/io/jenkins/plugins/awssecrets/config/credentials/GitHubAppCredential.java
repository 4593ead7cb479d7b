package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code githubApp}. */
public final class GitHubAppCredential extends ObjectCredential {
    private String appId;
    private String privateKey;
    private String owner;
    private String apiUri;

    @DataBoundConstructor
    public GitHubAppCredential(String id) {
        super(id);
    }

    public String getAppId() {
        return appId;
    }

    @DataBoundSetter
    public void setAppId(String appId) {
        this.appId = Util.fixEmptyAndTrim(appId);
    }

    public String getPrivateKey() {
        return privateKey;
    }

    @DataBoundSetter
    public void setPrivateKey(String privateKey) {
        this.privateKey = Util.fixEmptyAndTrim(privateKey);
    }

    public String getOwner() {
        return owner;
    }

    @DataBoundSetter
    public void setOwner(String owner) {
        this.owner = Util.fixEmptyAndTrim(owner);
    }

    public String getApiUri() {
        return apiUri;
    }

    @DataBoundSetter
    public void setApiUri(String apiUri) {
        this.apiUri = Util.fixEmptyAndTrim(apiUri);
    }

    @Override
    Map<String, String> ownFields() {
        return fieldMap("appId", appId, "privateKey", privateKey, "owner", owner, "apiUri", apiUri);
    }

    @Extension
    @Symbol("githubApp")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.GITHUB_APP);
        }

        @Override
        public String getDisplayName() {
            return Messages.GitHubAppCredential_DisplayName();
        }
    }
}
