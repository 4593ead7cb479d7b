package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A role that is assumed with the token of a web identity: read out of a file for every session, or an ID token of each
 * build.
 */
public final class WebIdentityConfiguration extends AbstractDescribableImpl<WebIdentityConfiguration> {
    private final String roleArn;
    private String tokenFile;
    private String credentialsId;
    private String tokenVariable;

    @DataBoundConstructor
    public WebIdentityConfiguration(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    public String getRoleArn() {
        return roleArn;
    }

    public String getTokenFile() {
        return tokenFile;
    }

    @DataBoundSetter
    public void setTokenFile(String tokenFile) {
        this.tokenFile = Util.fixEmptyAndTrim(tokenFile);
    }

    /** A secret text that gives each build an ID token of its own. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The environment variable that the command line takes the token from; Jenkins does not read it. */
    public String getTokenVariable() {
        return tokenVariable;
    }

    @DataBoundSetter
    public void setTokenVariable(String tokenVariable) {
        this.tokenVariable = Util.fixEmptyAndTrim(tokenVariable);
    }

    /** Whether each build authenticates itself. */
    public boolean isPerBuild() {
        return credentialsId != null;
    }

    /** With the ID tokens of builds. */
    public PerBuild.WebIdentity toBuildIdentity(StoredCredentials stored) {
        check();
        return new PerBuild.WebIdentity(PerBuild.roleArn("roleArn", roleArn), stored.place(), credentialsId);
    }

    public AwsLogin toLogin() {
        check();
        return new AwsLogin.WebIdentity(roleArn, Malformed.file("tokenFile", tokenFile));
    }

    /** @throws SecretException whose subject is the key that is wrong */
    public void check() {
        if (credentialsId != null && tokenFile != null) {
            throw Malformed.at("tokenFile", "both a file and a credential give the token", "keep one of the two");
        }
        if (credentialsId != null) {
            PerBuild.roleArn("roleArn", Malformed.required("roleArn", roleArn));
            return;
        }
        new AssumeRoleConfiguration(roleArn).toRole();
        Malformed.file("tokenFile", Malformed.required("tokenFile", tokenFile));
    }

    @Extension
    @Symbol("webIdentity")
    public static final class DescriptorImpl extends Descriptor<WebIdentityConfiguration> {
        @POST
        public FormValidation doCheckRoleArn(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, text -> PerBuild.roleArn("roleArn", text));
        }

        @POST
        public FormValidation doCheckTokenFile(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, text -> Malformed.file("tokenFile", text));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item place, @QueryParameter String credentialsId) {
            return new Choices(FormPlace.authorized(place)).texts(credentialsId);
        }

        @Override
        public String getDisplayName() {
            return Messages.WebIdentityConfiguration_DisplayName();
        }
    }
}
