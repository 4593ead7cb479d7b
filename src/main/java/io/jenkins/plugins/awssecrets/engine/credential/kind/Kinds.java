package io.jenkins.plugins.awssecrets.engine.credential.kind;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that there are. */
public final class Kinds {
    public static final CredentialKind STRING = new StringKind();
    public static final CredentialKind USERNAME_PASSWORD = new UsernamePasswordKind();
    public static final CredentialKind DOCKER_REGISTRY = new DockerRegistryKind();
    public static final CredentialKind DATABASE = new DatabaseKind();
    public static final CredentialKind AWS = new AwsKind();
    public static final CredentialKind SSH_KEY = new SshKeyKind();
    public static final CredentialKind CERTIFICATE = new CertificateKind();
    public static final CredentialKind FILE = new FileKind();
    public static final CredentialKind X509_CLIENT_CERT = new X509ClientCertKind();
    public static final CredentialKind GITLAB_TOKEN = new GitLabTokenKind();
    public static final CredentialKind GITHUB_APP = new GitHubAppKind();

    private static final List<CredentialKind> ALL = List.of(
            STRING,
            USERNAME_PASSWORD,
            DOCKER_REGISTRY,
            DATABASE,
            AWS,
            SSH_KEY,
            CERTIFICATE,
            FILE,
            X509_CLIENT_CERT,
            GITLAB_TOKEN,
            GITHUB_APP);

    private Kinds() {}

    public static List<CredentialKind> all() {
        return ALL;
    }

    public static Optional<CredentialKind> ofSymbol(String symbol) {
        return ALL.stream().filter(kind -> kind.symbol().equals(symbol)).findFirst();
    }

    /** The kind that a type tag names. */
    public static Optional<CredentialKind> ofTag(String type) {
        return ALL.stream()
                .filter(kind -> kind.symbol().equals(type) || kind.tagNames().contains(type))
                .findFirst();
    }

    /** What a type tag may name. */
    public static List<String> tagNames() {
        return Stream.concat(
                        ALL.stream().map(CredentialKind::symbol),
                        ALL.stream().flatMap(kind -> kind.tagNames().stream()))
                .toList();
    }
}
