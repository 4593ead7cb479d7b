package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.policy.VaultBuilds;
import io.jenkins.plugins.awssecrets.engine.source.vault.MountSetting;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAddress;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads where a Vault is and how it is talked to. */
final class VaultReader {
    private final Section settings;
    private final DefaultSources defaults;
    private boolean ownLogin;
    private Optional<VaultBuilds> builds = Optional.empty();
    private boolean lacksLogin;

    VaultReader(Section settings, DefaultSources defaults) {
        this.settings = settings;
        this.defaults = defaults;
    }

    VaultSettings settings() {
        Optional<URI> given = address();
        URI url = given.or(defaults::vaultAddress)
                .orElseThrow(() -> settings.malformed(
                        "", "'url' is missing", "add it, or set the environment variable VAULT_ADDR"));
        Optional<String> namespace = settings.text("namespace").map(n -> n.replaceAll("^/+|/+$", ""));
        Optional<VaultLoginReader> authentication = settings.section("auth").map(VaultLoginReader::new);
        Optional<VaultLogin> own = authentication.flatMap(VaultLoginReader::login);
        builds = settings.section("perBuild")
                .map(VaultReader::childTokens)
                .or(() -> authentication.flatMap(VaultLoginReader::builds));
        ownLogin = own.isPresent();
        settings.jenkinsOnly("here the source reads with its own token", "perBuild");
        Optional<VaultLogin> found = own.or(defaults::login)
                .or(() -> VaultAddress.isOfSocket(url) ? Optional.of(new VaultLogin.Agent()) : Optional.empty());
        if (found.isEmpty() && authentication.isEmpty()) {
            throw settings.malformed("", "'auth' is missing", "add it, or set the environment variable VAULT_TOKEN");
        }
        // What does not read from this Vault works without; an Agent's login sends nothing of this machine.
        lacksLogin = found.isEmpty();
        VaultLogin login = found.orElseGet(VaultLogin.Agent::new);
        Optional<TextOrFile> ca = textOrFile(settings, "caCertificate", "caCertificateFile")
                .or(() -> given.isEmpty() ? defaults.ca() : Optional.empty());
        Optional<ClientIdentity> identity = settings.section("clientCertificate")
                .flatMap(VaultReader::identity)
                .or(() -> given.isEmpty() ? defaults.identity() : Optional.empty());
        List<MountSetting> mounts =
                settings.sections("mounts").stream().map(VaultReader::mount).toList();
        Optional<ProxySelector> proxy =
                settings.section("proxy").map(VaultReader::proxy).or(defaults::proxy);
        try {
            return new VaultSettings(
                            url,
                            namespace,
                            login,
                            ca,
                            identity,
                            proxy,
                            VaultSettings.CONNECT_TIMEOUT,
                            VaultSettings.REQUEST_TIMEOUT)
                    .withMounts(mounts);
        } catch (SecretException e) {
            if (e.problem() != Problem.MALFORMED) {
                throw e;
            }
            throw settings.malformed("", e.reason(), e.fix());
        }
    }

    /** Why the source cannot be used: only Jenkins has the secret of its login, and the environment has no token. */
    Optional<SecretException> lacking(String id) {
        return lacksLogin
                ? Optional.of(new SecretException(
                        Problem.UNAUTHENTICATED,
                        "source " + id,
                        "its authentication is used by Jenkins only, and VAULT_TOKEN is not set",
                        "set VAULT_TOKEN, or give the source a secret of its own"))
                : Optional.empty();
    }

    /** Whether the file says how to authenticate; if not, the settings have what the environment says. */
    boolean hasOwnLogin() {
        return ownLogin;
    }

    /** How builds of a Jenkins read from it as themselves; known once the settings were read. */
    Optional<VaultBuilds> builds() {
        return builds;
    }

    private static VaultBuilds childTokens(Section section) {
        section.text("ttl").ifPresent(ChildTokens::ttl);
        VaultBuilds tokens = new VaultBuilds.ByChildToken(section.patterns("policies"), section.pattern("tokenRole"));
        section.end();
        return tokens;
    }

    private Optional<URI> address() {
        return settings.text("url").map(text -> VaultAddress.parse(text)
                .filter(url -> url.getRawUserInfo() == null)
                .orElseThrow(() -> settings.malformed(
                        "url",
                        "not a valid URL",
                        "write http:// or https://, a host and perhaps a port; or unix:// and the absolute path of an"
                                + " Agent's socket")));
    }

    private static Optional<ClientIdentity> identity(Section section) {
        boolean ofJenkins =
                section.jenkinsOnly("give the certificate and its key here, or the source has none", "credentialsId");
        if (ofJenkins && section.keys().size() == 1) {
            return Optional.empty();
        }
        ClientIdentity.Pem identity = new ClientIdentity.Pem(
                requiredTextOrFile(section, "certificate", "certificateFile"),
                textOrFile(section, "privateKey", "privateKeyFile"),
                section.secret("passphrase"));
        if (identity.lacksKey()) {
            throw section.malformed("", "'privateKey' is missing", "add it, or privateKeyFile");
        }
        section.end();
        return Optional.of(identity);
    }

    private static MountSetting mount(Section section) {
        try {
            MountSetting mount = new MountSetting(section.required("path"), section.number("kvVersion", 1, 2));
            section.end();
            return mount;
        } catch (SecretException e) {
            throw e.subject().equals("path") ? section.malformed("path", e.reason(), e.fix()) : e;
        }
    }

    private static ProxySelector proxy(Section section) {
        String host = section.required("host");
        int port = section.number("port", 1, 65_535)
                .orElseThrow(() -> section.malformed("", "'port' is missing", "add it"));
        section.end();
        return ProxySelector.of(InetSocketAddress.createUnresolved(host, port));
    }

    static Optional<TextOrFile> textOrFile(Section section, String text, String file) {
        Optional<TextOrFile> given = section.secret(text).map(TextOrFile::of);
        Optional<TextOrFile> inFile = section.file(file).map(TextOrFile::of);
        if (given.isPresent() && inFile.isPresent()) {
            throw section.malformed(file, "both " + text + " and " + file, "keep one of the two");
        }
        return given.or(() -> inFile);
    }

    static TextOrFile requiredTextOrFile(Section section, String text, String file) {
        return textOrFile(section, text, file)
                .orElseThrow(() -> section.malformed("", "'" + text + "' is missing", "add it, or " + file));
    }
}
