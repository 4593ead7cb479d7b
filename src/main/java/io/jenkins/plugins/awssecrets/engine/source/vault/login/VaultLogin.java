package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How a source logs in. A mount is the path below {@code auth/} at which the method is enabled, without slashes around
 * it.
 */
public sealed interface VaultLogin {
    /** A token that somebody else made. It is renewed where it may be, and never revoked. */
    record Token(SecretValue token) implements VaultLogin {}

    /** A token in a file, such as the sink of a Vault Agent. The file is read again when its token is refused. */
    record TokenFile(Path file) implements VaultLogin {}

    /** No token at all: a Vault Agent or Proxy at the url adds its own. */
    record Agent() implements VaultLogin {}

    /**
     * @param secretId empty for a role with {@code bind_secret_id=false}
     * @param wrapped whether {@code secretId} is a wrapping token that is unwrapped once
     */
    record AppRole(String mount, String roleId, Optional<TextOrFile> secretId, boolean wrapped) implements VaultLogin {
        public static final String MOUNT = "approle";
    }

    record UserPass(String mount, String username, SecretValue password) implements VaultLogin {
        public static final String MOUNT = "userpass";
    }

    record Ldap(String mount, String username, SecretValue password) implements VaultLogin {
        public static final String MOUNT = "ldap";
    }

    /** @param role empty for the mount's default role */
    record Jwt(String mount, Optional<String> role, TextOrFile jwt) implements VaultLogin {
        public static final String MOUNT = "jwt";
    }

    /** @param tokenFile the pod's service account token, read at each login as Kubernetes renews it */
    record Kubernetes(String mount, String role, Path tokenFile) implements VaultLogin {
        public static final String MOUNT = "kubernetes";
        public static final Path TOKEN_FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    }

    /** @param name of the certificate role; empty to try all that fit the client certificate */
    record Certificate(String mount, Optional<String> name) implements VaultLogin {
        public static final String MOUNT = "cert";
    }

    /**
     * A signed {@code sts:GetCallerIdentity} that Vault sends to STS in the caller's name.
     *
     * @param role empty for the role named like the IAM principal
     * @param serverId what the mount's {@code iam_server_id_header_value} demands
     * @param region the signature is for
     * @param endpoint of STS; empty for {@code https://sts.amazonaws.com}, which takes a signature for us-east-1 only.
     *     It must be the mount's {@code sts_endpoint}
     */
    record AwsIam(
            String mount,
            Optional<String> role,
            Optional<String> serverId,
            String region,
            Optional<URI> endpoint,
            AwsCredentialsProvider credentials)
            implements VaultLogin {
        public static final String MOUNT = "aws";
        public static final String REGION = "us-east-1";
    }
}
