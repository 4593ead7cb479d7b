package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sources that exist without being configured: {@code ssm} and {@code sm} with AWS' default chain, {@code vault}
 * with what Vault's own command line reads ({@code VAULT_ADDR}, {@code VAULT_TOKEN} or {@code ~/.vault-token},
 * {@code VAULT_NAMESPACE}).
 */
final class DefaultSources {
    static final String SSM = "ssm";
    static final String SECRETS_MANAGER = "sm";
    static final String VAULT = "vault";

    private final Map<String, String> environment;

    DefaultSources(Map<String, String> environment) {
        this.environment = environment;
    }

    Map<String, SourceSpec> all() {
        Map<String, SourceSpec> sources = new LinkedHashMap<>();
        sources.put(SSM, new SourceSpec.Aws(SSM, SourceKind.SSM, AwsSettings.DEFAULTS, SourceFilter.NONE));
        sources.put(
                SECRETS_MANAGER,
                new SourceSpec.Aws(
                        SECRETS_MANAGER, SourceKind.SECRETS_MANAGER, AwsSettings.DEFAULTS, SourceFilter.NONE));
        sources.put(VAULT, vault());
        return sources;
    }

    private SourceSpec vault() {
        Optional<URI> address = variable("VAULT_ADDR").flatMap(DefaultSources::address);
        if (address.isEmpty()) {
            return new SourceSpec.Unset(
                    VAULT,
                    SourceKind.VAULT,
                    new SecretException(
                            Problem.MALFORMED,
                            "source vault",
                            variable("VAULT_ADDR").isEmpty()
                                    ? "no address is known"
                                    : "the environment variable VAULT_ADDR holds no address",
                            "set VAULT_ADDR to https://host:8200, or configure the source"));
        }
        Optional<VaultLogin> login = login();
        if (login.isEmpty()) {
            return new SourceSpec.Unset(
                    VAULT,
                    SourceKind.VAULT,
                    new SecretException(
                            Problem.UNAUTHENTICATED,
                            "source vault",
                            "no token is known",
                            "set VAULT_TOKEN, log in with 'vault login', or configure the source's auth"));
        }
        VaultSettings settings = VaultSettings.of(address.get(), login.get());
        return new SourceSpec.Vault(
                VAULT,
                variable("VAULT_NAMESPACE")
                        .map(n -> settings.withNamespace(n.replaceAll("^/+|/+$", "")))
                        .orElse(settings),
                SourceFilter.NONE);
    }

    /** As {@code VAULT_ADDR} is there for all, a configured source may leave out its address too. */
    Optional<URI> vaultAddress() {
        return variable("VAULT_ADDR").flatMap(DefaultSources::address);
    }

    Optional<VaultLogin> login() {
        return variable("VAULT_TOKEN")
                .<VaultLogin>map(token -> new VaultLogin.Token(SecretValue.of(token)))
                .or(() -> variable("HOME")
                        .map(home -> Path.of(home, ".vault-token"))
                        .filter(Files::isReadable)
                        .map(VaultLogin.TokenFile::new));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null && uri.getUserInfo() == null);
        } catch (URISyntaxException e) {
            // Its message repeats the text.
            return Optional.empty();
        }
    }
}
