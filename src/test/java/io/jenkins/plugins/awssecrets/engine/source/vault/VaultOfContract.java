package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/**
 * A Vault that a contract is held to. It must have: KV v2 at {@code secret/}, KV v1 at {@code kv1/}; a policy {@code ci}
 * that may read {@code secret/data/ci/*} and {@code kv1/ci/*}, read and list {@code secret/metadata/ci/*}, list {@code
 * secret/metadata/ci/}, and update {@code sys/leases/revoke}; an AppRole and a userpass user {@code jane} with that
 * policy.
 */
@Timeout(120)
abstract class VaultOfContract {
    /** What sources are given. */
    abstract URI url();

    /** Where the same backend is reached by TCP. */
    URI adminUrl() {
        return url();
    }

    abstract String rootToken();

    abstract String roleId();

    abstract String secretId();

    /** A password of the user {@code jane}. */
    abstract String password();

    /** A lease that was just given. */
    abstract Lease someLease();

    final VaultApi admin() {
        return new VaultApi(adminUrl(), rootToken());
    }

    final VaultLogin appRole() {
        return new VaultLogin.AppRole(
                "approle", roleId(), Optional.of(TextOrFile.of(SecretValue.of(secretId()))), false);
    }

    final VaultSource ci() {
        return source(url(), appRole());
    }

    final VaultSource root() {
        return source(url(), new VaultLogin.Token(SecretValue.of(rootToken())));
    }

    final VaultSource listing(String prefix, Map<String, String> tags) {
        SourceFilter filter = new SourceFilter(Optional.of(prefix), tags, Optional.empty());
        return source(VaultSettings.of(url(), appRole()), filter, Clock.systemUTC());
    }

    final void write(String path, String members) {
        admin().write("secret/data/" + path, "{\"data\":" + members + "}");
    }

    /** Ends every token that this mount's logins made. */
    abstract void revokeAllOf(String authMount);
}
