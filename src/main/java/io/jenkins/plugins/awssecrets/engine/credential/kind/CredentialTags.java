package io.jenkins.plugins.awssecrets.engine.credential.kind;

/**
 * The tags (AWS) or custom metadata keys (Vault KV v2) that make a secret a credential. The first three are those of
 * the AWS Secrets Manager Credentials Provider plugin, so that its users change nothing.
 */
public final class CredentialTags {
    public static final String TYPE = "jenkins:credentials:type";
    public static final String USERNAME = "jenkins:credentials:username";
    public static final String FILENAME = "jenkins:credentials:filename";
    public static final String REGISTRY = "jenkins:credentials:registry";

    private CredentialTags() {}
}
