package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code aws}. */
public final class AwsCredential extends ObjectCredential {
    private String accessKeyId;
    private String secretAccessKey;
    private String sessionToken;
    private String region;
    private RoleConfiguration role;

    @DataBoundConstructor
    public AwsCredential(String id) {
        super(id);
    }

    public String getAccessKeyId() {
        return accessKeyId;
    }

    @DataBoundSetter
    public void setAccessKeyId(String accessKeyId) {
        this.accessKeyId = Util.fixEmptyAndTrim(accessKeyId);
    }

    public String getSecretAccessKey() {
        return secretAccessKey;
    }

    @DataBoundSetter
    public void setSecretAccessKey(String secretAccessKey) {
        this.secretAccessKey = Util.fixEmptyAndTrim(secretAccessKey);
    }

    public String getSessionToken() {
        return sessionToken;
    }

    @DataBoundSetter
    public void setSessionToken(String sessionToken) {
        this.sessionToken = Util.fixEmptyAndTrim(sessionToken);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public RoleConfiguration getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(RoleConfiguration role) {
        this.role = role;
    }

    @Override
    public Map<String, Map<String, String>> minted() {
        return minted("role", role);
    }

    @Override
    Map<String, String> ownFields() {
        return fieldMap(
                "accessKeyId",
                accessKeyId,
                "secretAccessKey",
                secretAccessKey,
                "sessionToken",
                sessionToken,
                "region",
                region);
    }

    @Extension
    @Symbol("aws")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.AWS);
        }

        @Override
        public String getDisplayName() {
            return Messages.AwsCredential_DisplayName();
        }
    }
}
