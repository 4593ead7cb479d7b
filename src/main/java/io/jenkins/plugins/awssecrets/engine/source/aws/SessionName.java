package io.jenkins.plugins.awssecrets.engine.source.aws;

/**
 * The name of an assumed role's session: 2 to 64 of {@code [\w+=,.@-]}.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole, RoleSessionName</a>
 */
public final class SessionName {
    /** The name where none is configured. */
    public static final String DEFAULT = "aws-secrets";

    private static final int LIMIT = 64;

    private SessionName() {}

    /** The text as a session name: other characters become {@code -}; of a long text the end stays, where the build is. */
    public static String of(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_+=,.@-]+", "-");
        if (name.length() < 2) {
            return DEFAULT;
        }
        return name.length() > LIMIT ? name.substring(name.length() - LIMIT) : name;
    }
}
