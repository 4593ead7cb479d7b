package io.jenkins.plugins.awssecrets.engine.source.vault.login;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How a source logs in. A mount is the path below {@code auth/} at which the method is enabled, without slashes around
 * it.
 */
public sealed interface VaultLogin {
    /**
     * All that it uses of this machine. A login that does not say what it uses is the machine's.
     *
     * @param url the Vault that is logged in to
     */
    default List<MachineUse> machineUses(URI url) {
        return List.of(new MachineUse.Identity("its login", Optional.empty(), Set.of(url)));
    }

    /** A token that somebody else made. It is renewed where it may be, and never revoked. */
    record Token(SecretValue token) implements VaultLogin {
        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of();
        }
    }

    /** A token that the environment of this process holds. */
    record EnvironmentToken(SecretValue token) implements VaultLogin {
        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of(new MachineUse.Variable("the Vault token of the controller's environment"));
        }
    }

    /** A token in a file, such as the sink of a Vault Agent. The file is read again when its token is refused. */
    record TokenFile(Path file) implements VaultLogin {
        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of(new MachineUse.File("a Vault token file"));
        }
    }

    /** No token at all: a Vault Agent or Proxy at the url adds its own. */
    record Agent() implements VaultLogin {
        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of(new MachineUse.Address("the token of a Vault Agent or Proxy", url));
        }
    }

    /**
     * @param secretId empty for a role with {@code bind_secret_id=false}
     * @param wrapped whether {@code secretId} is a wrapping token that is unwrapped once
     */
    record AppRole(String mount, String roleId, Optional<TextOrFile> secretId, boolean wrapped) implements VaultLogin {
        public static final String MOUNT = "approle";

        @Override
        public List<MachineUse> machineUses(URI url) {
            return secretId.stream()
                    .flatMap(text -> text.machineUse("a secret id file").stream())
                    .toList();
        }
    }

    record UserPass(String mount, String username, SecretValue password) implements VaultLogin {
        public static final String MOUNT = "userpass";

        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of();
        }
    }

    record Ldap(String mount, String username, SecretValue password) implements VaultLogin {
        public static final String MOUNT = "ldap";

        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of();
        }
    }

    /** @param role empty for the mount's default role */
    record Jwt(String mount, Optional<String> role, TextOrFile jwt) implements VaultLogin {
        public static final String MOUNT = "jwt";

        @Override
        public List<MachineUse> machineUses(URI url) {
            return jwt.machineUse("a JWT file").stream().toList();
        }
    }

    /**
     * A login of each build by itself, with its ID token. The controller has none.
     *
     * @param role empty for the mount's default role; may name folder and job
     * @param place full name of the folder whose source it is; empty for Jenkins itself
     * @param credentialsId of the credential that makes the ID tokens, seen from there
     */
    record BuildJwt(String mount, Optional<BuildText> role, String place, String credentialsId) implements VaultLogin {
        /** Who builds read as, as it is configured. */
        public String words() {
            return role.map(text -> "role " + text.text() + " at auth/" + mount)
                    .orElse("the default role at auth/" + mount);
        }

        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of();
        }
    }

    /** @param tokenFile the pod's service account token, read at each login as Kubernetes renews it */
    record Kubernetes(String mount, String role, Path tokenFile) implements VaultLogin {
        public static final String MOUNT = "kubernetes";
        public static final Path TOKEN_FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

        @Override
        public List<MachineUse> machineUses(URI url) {
            return tokenFile.equals(TOKEN_FILE)
                    ? List.of(new MachineUse.Identity(
                            "the Kubernetes service account of the controller", Optional.of(role), Set.of(url)))
                    : List.of(new MachineUse.File("a service account token file"));
        }
    }

    /** @param name of the certificate role; empty to try all that fit the client certificate */
    record Certificate(String mount, Optional<String> name) implements VaultLogin {
        public static final String MOUNT = "cert";

        @Override
        public List<MachineUse> machineUses(URI url) {
            return List.of();
        }
    }

    /**
     * A signed {@code sts:GetCallerIdentity} that Vault sends to STS in the caller's name.
     *
     * @param role empty for the role named like the IAM principal
     * @param serverId what the mount's {@code iam_server_id_header_value} demands
     * @param region the signature is for
     * @param endpoint of STS; empty for {@code https://sts.amazonaws.com}, which takes a signature for us-east-1 only.
     *     It must be the mount's {@code sts_endpoint}
     * @param from where the credentials come from
     */
    record AwsIam(
            String mount,
            Optional<String> role,
            Optional<String> serverId,
            String region,
            Optional<URI> endpoint,
            AwsCredentialsProvider credentials,
            AwsLogin from)
            implements VaultLogin {
        public static final String MOUNT = "aws";
        public static final String REGION = "us-east-1";

        /** With what the default chain finds, or as little trusted. */
        public AwsIam(
                String mount,
                Optional<String> role,
                Optional<String> serverId,
                String region,
                Optional<URI> endpoint,
                AwsCredentialsProvider credentials) {
            this(mount, role, serverId, region, endpoint, credentials, new AwsLogin.DefaultChain());
        }

        @Override
        public List<MachineUse> machineUses(URI url) {
            return from.machineUse(role, Set.of(url)).stream().toList();
        }
    }
}
