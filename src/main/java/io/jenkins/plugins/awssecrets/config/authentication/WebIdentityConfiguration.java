package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A role that is assumed with the token of a web identity, read out of a file for every session. */
public final class WebIdentityConfiguration extends AbstractDescribableImpl<WebIdentityConfiguration> {
    private final String roleArn;
    private final String tokenFile;

    @DataBoundConstructor
    public WebIdentityConfiguration(String roleArn, String tokenFile) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
        this.tokenFile = Util.fixEmptyAndTrim(tokenFile);
    }

    public String getRoleArn() {
        return roleArn;
    }

    public String getTokenFile() {
        return tokenFile;
    }

    public AwsLogin toLogin() {
        new AssumeRoleConfiguration(roleArn).toRole();
        return new AwsLogin.WebIdentity(
                roleArn, Malformed.file("tokenFile", Malformed.required("tokenFile", tokenFile)));
    }

    @Extension
    @Symbol("webIdentity")
    public static final class DescriptorImpl extends Descriptor<WebIdentityConfiguration> {
        @POST
        public FormValidation doCheckRoleArn(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, AssumeRole::of);
        }

        @POST
        public FormValidation doCheckTokenFile(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, text -> Malformed.file("tokenFile", text));
        }

        @Override
        public String getDisplayName() {
            return Messages.WebIdentityConfiguration_DisplayName();
        }
    }
}
