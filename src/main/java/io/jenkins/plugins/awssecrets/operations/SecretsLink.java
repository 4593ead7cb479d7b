package io.jenkins.plugins.awssecrets.operations;

import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** The page <em>Manage Jenkins &gt; AWS Secrets</em>. */
@Extension
@Symbol("awsSecretsPage")
public final class SecretsLink extends ManagementLink {
    static final String URL = "aws-secrets";

    @Override
    public String getIconFileName() {
        return "symbol-key-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return "AWS Secrets";
    }

    @Override
    public String getDescription() {
        return "What works, what does not and how to mend it: sources and credentials of Parameter Store, Secrets"
                + " Manager and Vault.";
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }
}
