package io.jenkins.plugins.awssecrets.demo;

/** The services that the demo backends speak for. */
public enum Service {
    SSM,
    SECRETS_MANAGER,
    STS,
    ECR,
    VAULT
}
