package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.ProxyRoutes;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultEnvironment;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.ProxySelector;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sources that exist without being configured: {@code ssm} and {@code sm} with AWS' default chain, {@code vault}
 * with what Vault's own command line reads.
 */
final class DefaultSources {
    private final VaultEnvironment vault;
    private final Map<String, String> environment;

    DefaultSources(Map<String, String> environment) {
        this.vault = new VaultEnvironment(environment);
        this.environment = environment;
    }

    Map<String, SourceSpec> all() {
        Map<String, SourceSpec> sources = new LinkedHashMap<>();
        for (SourceKind kind : SourceKind.values()) {
            sources.put(kind.defaultId(), kind == SourceKind.VAULT ? vault() : aws(kind));
        }
        return sources;
    }

    private SourceSpec aws(SourceKind kind) {
        try {
            return new SourceSpec.Aws(
                    kind.defaultId(), kind, AwsSettings.DEFAULTS.withRoutes(routes()), SourceFilter.none(kind));
        } catch (SecretException e) {
            return new SourceSpec.Unset(kind.defaultId(), kind, e);
        }
    }

    private SourceSpec vault() {
        String id = SourceKind.VAULT.defaultId();
        try {
            VaultSettings settings = vault.settings();
            return new SourceSpec.Vault(
                    id, proxy().map(settings::withProxy).orElse(settings), SourceFilter.none(SourceKind.VAULT));
        } catch (SecretException e) {
            return new SourceSpec.Unset(id, SourceKind.VAULT, e);
        }
    }

    /** As {@code VAULT_ADDR} is there for all, a configured source may leave out its address too. */
    Optional<URI> vaultAddress() {
        return vault.address();
    }

    Optional<VaultLogin> login() {
        return vault.login();
    }

    /**
     * Vault's.
     *
     * @throws SecretException for a variable that names none
     */
    Optional<ProxySelector> proxy() {
        return EnvironmentProxy.ofVault(environment)
                .map(ProxySelector.class::cast)
                .or(() -> routes().map(ProxySelector.class::cast));
    }

    /** @throws SecretException for a variable that names none */
    Optional<ProxyRoutes> routes() {
        return EnvironmentProxy.of(environment).map(ProxyRoutes.class::cast);
    }

    /** The CAs and the client certificate that go with {@link #vaultAddress}. */
    Optional<TextOrFile> ca() {
        return vault.ca();
    }

    Optional<ClientIdentity> identity() {
        return vault.identity();
    }
}
