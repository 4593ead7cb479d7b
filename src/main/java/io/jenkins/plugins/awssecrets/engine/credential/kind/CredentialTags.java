package io.jenkins.plugins.awssecrets.engine.credential.kind;

import java.util.List;

/**
 * The tags (AWS) or custom metadata keys (Vault KV v2) that make a secret a credential. The first three are those of
 * the AWS Secrets Manager Credentials Provider plugin, so that its users change nothing.
 */
public final class CredentialTags {
    public static final String TYPE = "jenkins:credentials:type";
    public static final String USERNAME = "jenkins:credentials:username";
    public static final String FILENAME = "jenkins:credentials:filename";
    public static final String REGISTRY = "jenkins:credentials:registry";

    /** How a file is encoded: {@code base64}. */
    public static final String ENCODING = "jenkins:credentials:encoding";

    /** The id of a GitHub App. */
    public static final String APP_ID = "jenkins:credentials:appid";

    /** The organization or user that a GitHub App is installed for. */
    public static final String OWNER = "jenkins:credentials:owner";

    /** Full names of the folders that it is for, with {@code :} between them; without it, for all. */
    public static final String FOLDER = "jenkins:credentials:folder";

    public static final List<String> ALL = List.of(TYPE, USERNAME, FILENAME, REGISTRY, ENCODING, APP_ID, OWNER, FOLDER);

    private CredentialTags() {}
}
