package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.LoginCredentials;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An AWS identity: AWS credentials that Jenkins keeps, a profile, or what the SDK's default chain finds. */
public final class AwsIamAuth extends StoredAuth {
    private String profile;
    private String role;
    private String serverId;
    private String region;
    private String stsEndpoint;

    @DataBoundConstructor
    public AwsIamAuth() {
        // All of it is set by setters.
    }

    public String getProfile() {
        return profile;
    }

    @DataBoundSetter
    public void setProfile(String profile) {
        this.profile = Util.fixEmptyAndTrim(profile);
    }

    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    public String getServerId() {
        return serverId;
    }

    @DataBoundSetter
    public void setServerId(String serverId) {
        this.serverId = Util.fixEmptyAndTrim(serverId);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public String getStsEndpoint() {
        return stsEndpoint;
    }

    @DataBoundSetter
    public void setStsEndpoint(String stsEndpoint) {
        this.stsEndpoint = Util.fixEmptyAndTrim(stsEndpoint);
    }

    @Override
    public void check() {
        if (getCredentialsId() != null && profile != null) {
            throw Malformed.at("profile", "credentialsId is set as well", "keep one of the two");
        }
        if (region != null) {
            Malformed.region(region);
        }
        Malformed.optionalAddress("stsEndpoint", stsEndpoint);
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        AwsLogin from = from(stored);
        String signedFor = region == null ? VaultLogin.AwsIam.REGION : region;
        return new VaultLogin.AwsIam(
                mountOr(VaultLogin.AwsIam.MOUNT),
                Optional.ofNullable(role),
                Optional.ofNullable(serverId),
                signedFor,
                Malformed.optionalAddress("stsEndpoint", stsEndpoint),
                LoginCredentials.of(from, signedFor),
                from);
    }

    private AwsLogin from(StoredCredentials stored) {
        if (getCredentialsId() != null) {
            return stored.aws(getCredentialsId());
        }
        return profile == null ? new AwsLogin.DefaultChain() : new AwsLogin.Profile(profile);
    }

    @Extension(ordinal = 50)
    @Symbol("awsIam")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @POST
        public ComboBoxModel doFillRegionItems(@AncestorInPath Item place) {
            FormPlace.authorized(place);
            return Choices.regions();
        }

        @POST
        public FormValidation doCheckRegion(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, Malformed::region);
        }

        @POST
        public FormValidation doCheckStsEndpoint(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, text -> Malformed.address("stsEndpoint", text));
        }

        @Override
        ListBoxModel credentials(Choices choices, String chosen) {
            return choices.aws(chosen);
        }

        @Override
        public String getDisplayName() {
            return Messages.AwsIamAuth_DisplayName();
        }
    }
}
