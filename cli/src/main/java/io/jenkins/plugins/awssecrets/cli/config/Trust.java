package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps tokens and keys of the environment for the addresses of the environment. Whoever writes the file may name
 * another address, and it may be somebody else who wrote it: a file that was only found in the working directory is that
 * of a checkout.
 */
final class Trust {
    private static final Pattern AWS_OWN =
            Pattern.compile("https://([a-z0-9-]+\\.)+(amazonaws\\.com(\\.cn)?|api\\.aws)");
    private static final Pattern LOOPBACK = Pattern.compile("https?://(localhost|127(\\.\\d+){3}|\\[::1])");
    private static final String NAME_IT = "name the file, with --config or AWS_SECRETS_CONFIG, where you trust it";

    private final boolean named;
    private final Map<String, String> environment;
    private final DefaultSources defaults;

    /** @param named whether the user named the file, so that it is not only there */
    Trust(boolean named, Map<String, String> environment, DefaultSources defaults) {
        this.named = named;
        this.environment = environment;
        this.defaults = defaults;
    }

    /**
     * Why a Vault source is not to be used; empty where it may be.
     *
     * @param ownLogin whether the file says how to authenticate, and not the environment
     */
    Optional<SecretException> vault(String id, Section section, VaultSettings settings, boolean ownLogin) {
        boolean there = defaults.vaultAddress()
                .filter(address -> base(address).equals(base(settings.url())))
                .isPresent();
        boolean agent = settings.login() instanceof VaultLogin.Agent;
        if (!there && !ownLogin && !agent) {
            return Optional.of(refused(
                    id,
                    "the token of the environment is for " + environmentsAddress()
                            + ", and the url in the file is another",
                    named
                            ? "set VAULT_ADDR to that url where it is to get the token, or give the source its own auth"
                            : "set VAULT_ADDR to that url where it is to get the token"));
        }
        boolean lends = !ownLogin && !agent
                || section.mentionsVariables()
                || ofThisMachine(settings.login())
                || settings.identity().isPresent();
        if (named || !lends) {
            return Optional.empty();
        }
        if (!there) {
            return Optional.of(refused(
                    id,
                    "the file was found and not named, and its url would get what this machine has: a variable, a file,"
                            + " a certificate or an identity",
                    NAME_IT + "; or leave out the url and set VAULT_ADDR"));
        }
        return Stream.of("proxy", "caCertificate", "caCertificateFile").anyMatch(section.keys()::contains)
                ? Optional.of(refused(
                        id,
                        "the file was found and not named, and takes the way to Vault into its own hands (proxy or CA)",
                        NAME_IT))
                : Optional.empty();
    }

    /** Why an AWS source is not to be used; empty where it may be. */
    Optional<SecretException> aws(String id, Section section, AwsSettings settings) {
        boolean proxied = settings.proxy().isPresent() && section.mentionsVariables();
        boolean typedKeys = settings.login() instanceof AwsLogin.StaticKeys && !section.mentionsVariables();
        boolean known = Stream.of(settings.endpoint(), settings.stsEndpoint())
                .flatMap(Optional::stream)
                .allMatch(this::isKnown);
        return named || !proxied && (typedKeys || known)
                ? Optional.empty()
                : Optional.of(refused(
                        id,
                        "the file was found and not named, and its " + (known ? "proxy" : "endpoint")
                                + " would get what this machine has: keys or a variable",
                        NAME_IT + "; or leave it out and set " + (known ? "HTTPS_PROXY" : "AWS_ENDPOINT_URL")));
    }

    private boolean isKnown(URI endpoint) {
        String base = base(endpoint);
        return AWS_OWN.matcher(base).matches()
                || LOOPBACK.matcher(base.replaceFirst(":\\d+$", "")).matches()
                || environment.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("AWS_ENDPOINT_URL"))
                        .map(e -> e.getValue().strip())
                        .anyMatch(address -> isAt(address, base));
    }

    private static boolean isAt(String address, String base) {
        try {
            URI uri = new URI(address);
            return uri.getScheme() != null && base(uri).equals(base);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A file's content, the pod's token and AWS' credentials go over the wire as a typed password does. */
    private static boolean ofThisMachine(VaultLogin login) {
        return login instanceof VaultLogin.TokenFile
                || login instanceof VaultLogin.Kubernetes
                || login instanceof VaultLogin.AwsIam
                || login instanceof VaultLogin.Jwt jwt && !(jwt.jwt() instanceof TextOrFile.Text)
                || login instanceof VaultLogin.AppRole role
                        && role.secretId()
                                .filter(TextOrFile.File.class::isInstance)
                                .isPresent();
    }

    private String environmentsAddress() {
        return defaults.vaultAddress()
                .map(address -> "VAULT_ADDR (" + base(address) + ")")
                .orElse("VAULT_ADDR, which is not set");
    }

    /** Scheme, host and port of an address; of a unix socket, all of it. */
    private static String base(URI address) {
        if (address.getHost() == null) {
            return address.toString();
        }
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : -1;
        int usual = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT)
                + (port < 0 || port == usual ? "" : ":" + port);
    }

    private static SecretException refused(String id, String reason, String fix) {
        return new SecretException(Problem.REFUSED, "source " + id, reason, fix);
    }
}
