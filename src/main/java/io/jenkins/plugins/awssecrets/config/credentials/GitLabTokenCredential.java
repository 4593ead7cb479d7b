package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code gitlabToken}. */
public final class GitLabTokenCredential extends CredentialConfiguration {
    private String token;

    @DataBoundConstructor
    public GitLabTokenCredential(String id) {
        super(id);
    }

    public String getToken() {
        return token;
    }

    @DataBoundSetter
    public void setToken(String token) {
        this.token = Util.fixEmptyAndTrim(token);
    }

    @Override
    public Map<String, String> fields() {
        return fieldMap("token", token);
    }

    @Extension
    @Symbol("gitlabToken")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.GITLAB_TOKEN);
        }

        @Override
        public String getDisplayName() {
            return Messages.GitLabTokenCredential_DisplayName();
        }
    }
}
