package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The global configuration of the HashiCorp Vault plugin, with the credential that it logs in with.
 *
 * @see <a href="https://github.com/jenkinsci/hashicorp-vault-plugin#readme">its documentation</a>
 */
final class VaultPlugin {
    static final String SOURCE = "vault";

    private final Original configuration;
    private final List<VaultLoginCredential> logins;

    /** @param logins those of the same file */
    VaultPlugin(Original configuration, List<VaultLoginCredential> logins) {
        this.configuration = configuration;
        this.logins = logins;
    }

    void into(ObjectNode target) {
        ObjectNode source = target.withArrayProperty("sources").addObject().putObject(SOURCE);
        source.put("id", SOURCE);
        configuration
                .address("vaultUrl")
                .ifPresentOrElse(
                        url -> source.put("url", url),
                        () -> configuration.leftOut("vaultUrl", "it is not set; the source needs a url"));
        configuration.text("vaultNamespace").ifPresent(name -> source.put("namespace", name));
        login(source);
        if (configuration.flag("skipSslVerification", false)) {
            configuration.leftOut("skipSslVerification", "certificates are always verified; set caCertificateFile");
        }
        if (!configuration.flag("failIfNotFound", true)) {
            configuration.leftOut("failIfNotFound", "a secret that is not there is always an error");
        }
        configuration
                .text("policies")
                .ifPresent(p -> configuration.leftOut(
                        "policies",
                        "tokens for single jobs are not carried over; give the source perBuild with policies such as"
                                + " jenkins-${folder}"));
        configuration.leftOut(
                "paths that jobs name themselves",
                "none is allowed; declare credentials, or give the source allow with the names that jobs use, such as"
                        + " secret/${folder}/*");
        configuration.needless(
                "engineVersion", "prefixPath", "timeout", "disableChildPoliciesOverride", "vaultCredential");
        configuration.end();
    }

    private void login(ObjectNode source) {
        Optional<String> id = configuration.text("vaultCredentialId");
        Optional<VaultLoginCredential> login =
                id.flatMap(wanted -> logins.stream().filter(l -> l.is(wanted)).findFirst());
        login.ifPresentOrElse(
                l -> l.into(source),
                () -> configuration.leftOut(
                        "vaultCredentialId",
                        id.isEmpty()
                                ? "it is not set; the source needs auth"
                                : "the credential was not imported; set auth"));
    }
}
