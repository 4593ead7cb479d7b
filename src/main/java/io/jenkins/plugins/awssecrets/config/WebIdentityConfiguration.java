package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

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

    AwsLogin toLogin() {
        new AssumeRoleConfiguration(roleArn).toRole();
        return new AwsLogin.WebIdentity(
                roleArn, Malformed.file("tokenFile", Malformed.required("tokenFile", tokenFile)));
    }

    @Extension
    @Symbol("webIdentity")
    public static final class DescriptorImpl extends Descriptor<WebIdentityConfiguration> {
        @Override
        public String getDisplayName() {
            return "Web identity";
        }
    }
}
