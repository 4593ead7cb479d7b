package io.jenkins.plugins.awssecrets.engine;

import java.io.Serializable;

/**
 * What a caller lacks when a backend denies something.
 *
 * @param action an IAM action such as {@code secretsmanager:GetSecretValue}, or a capability of Vault such as {@code
 *     read}
 * @param resource an ARN, perhaps with wildcards, or the path of a Vault policy
 */
public record Permission(String action, String resource) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As in {@code allow ssm:GetParameters on arn:...}. */
    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
