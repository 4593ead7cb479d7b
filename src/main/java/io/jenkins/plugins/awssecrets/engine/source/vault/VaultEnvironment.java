package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What Vault's own command line reads out of the environment: {@code VAULT_ADDR}, {@code VAULT_TOKEN} or
 * {@code ~/.vault-token}, {@code VAULT_NAMESPACE} (<a
 * href="https://developer.hashicorp.com/vault/docs/commands#environment-variables">Vault CLI</a>).
 */
public final class VaultEnvironment {
    private final Map<String, String> variables;

    public VaultEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * The settings of the source that is there by default.
     *
     * @throws SecretException saying which variable is missing
     */
    public VaultSettings settings() {
        URI address = address()
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        "source " + SourceKind.VAULT.defaultId(),
                        variable("VAULT_ADDR").isEmpty()
                                ? "no address is known"
                                : "the environment variable VAULT_ADDR holds no address",
                        "set VAULT_ADDR to https://host:8200, or configure the source"));
        VaultLogin login = login().orElseThrow(() -> new SecretException(
                Problem.UNAUTHENTICATED,
                "source " + SourceKind.VAULT.defaultId(),
                "no token is known",
                "set VAULT_TOKEN, log in with 'vault login', or configure the source's auth"));
        VaultSettings settings = VaultSettings.of(address, login);
        return namespace().map(settings::withNamespace).orElse(settings);
    }

    public Optional<URI> address() {
        return variable("VAULT_ADDR").flatMap(VaultEnvironment::address);
    }

    public Optional<VaultLogin> login() {
        return variable("VAULT_TOKEN")
                .<VaultLogin>map(token -> new VaultLogin.Token(SecretValue.of(token)))
                .or(() -> variable("HOME")
                        .map(home -> Path.of(home, ".vault-token"))
                        .filter(Files::isReadable)
                        .map(VaultLogin.TokenFile::new));
    }

    /** Without slashes around it. */
    public Optional<String> namespace() {
        return variable("VAULT_NAMESPACE").map(name -> name.replaceAll("^/+|/+$", ""));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
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
