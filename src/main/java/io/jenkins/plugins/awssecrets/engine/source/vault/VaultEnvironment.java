package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.UnusedVariable;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAddress;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Vault's own command line reads out of the environment: {@code VAULT_AGENT_ADDR} or else {@code VAULT_ADDR},
 * {@code VAULT_TOKEN} or {@code ~/.vault-token}, {@code VAULT_NAMESPACE}, and the PEM files {@code VAULT_CACERT}
 * (or {@code VAULT_CACERT_BYTES}, {@code VAULT_CAPATH}), {@code VAULT_CLIENT_CERT} and {@code VAULT_CLIENT_KEY} (<a
 * href="https://developer.hashicorp.com/vault/docs/commands#environment-variables">Vault CLI</a>).
 */
public final class VaultEnvironment {
    /** What Vault's command line obeys besides. */
    private static final List<UnusedVariable> UNUSED = List.of(
            new UnusedVariable(
                    "VAULT_SKIP_VERIFY",
                    UnusedVariable.OFF,
                    "the certificate is always verified",
                    "name the CA that signed it with caCertificate, caCertificateFile or VAULT_CACERT, and unset it"),
            new UnusedVariable(
                    "VAULT_TLS_SERVER_NAME",
                    UnusedVariable.NONE,
                    "the certificate is compared with the host of the address",
                    "use an address whose host the certificate contains, and unset it"),
            new UnusedVariable(
                    "VAULT_SRV_LOOKUP",
                    UnusedVariable.OFF,
                    "the address is called as it is",
                    "set VAULT_ADDR to host and port of a server, and unset it"),
            new UnusedVariable(
                    "VAULT_DISABLE_REDIRECTS",
                    UnusedVariable.OFF,
                    "a redirect is followed where it leads to the same host and port",
                    "set VAULT_ADDR to the active server or a load balancer, and unset it"),
            new UnusedVariable("VAULT_WRAP_TTL", UnusedVariable.NONE, "responses are not wrapped", "unset it"),
            new UnusedVariable(
                    "VAULT_CLIENT_TIMEOUT",
                    UnusedVariable.NONE,
                    "a request takes 15 s at most",
                    "set --timeout for all backends together, and unset it"),
            new UnusedVariable(
                    "VAULT_MAX_RETRIES",
                    UnusedVariable.NONE,
                    "requests are tried again until the time limit",
                    "set --timeout for all backends together, and unset it"),
            new UnusedVariable(
                    "VAULT_RATE_LIMIT",
                    UnusedVariable.NONE,
                    "reads are shared and sent as they are needed",
                    "use a rate limit quota of Vault's, and unset it"));

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
        URI address = address().orElseThrow(this::noAddress);
        VaultLogin login = login().orElseThrow(() -> new SecretException(
                Problem.UNAUTHENTICATED,
                "source " + SourceKind.VAULT.defaultId(),
                "no token is configured",
                "set VAULT_TOKEN, run 'vault login', or configure the source's auth"));
        if (address.getPath() != null && address.getPath().matches(".*/(v1|ui)/*")) {
            throw unusable(
                    "the environment variable " + addressVariable().orElseThrow()
                            + " has a path of Vault's pages or API",
                    "remove /v1 or /ui from it");
        }
        VaultSettings settings = VaultSettings.of(address, login).withTls(ca(), identity());
        return namespace().map(settings::withNamespace).orElse(settings);
    }

    private SecretException noAddress() {
        Optional<String> name = addressVariable();
        boolean underscore = name.flatMap(this::variable)
                .filter(text -> text.matches("https?://[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(:\\d+)?/?"))
                .isPresent();
        return unusable(
                name.map(one -> "the environment variable " + one + " is not a valid URL"
                                + (underscore ? ": a host name has no '_'" : ""))
                        .orElse("no address is configured"),
                underscore
                        ? "give the host an alias without '_', or use its address"
                        : "set VAULT_ADDR to https://host:8200, or configure the source");
    }

    public Optional<URI> address() {
        return addressVariable()
                .flatMap(this::variable)
                .flatMap(VaultAddress::parse)
                .filter(url -> url.getRawUserInfo() == null);
    }

    private Optional<String> addressVariable() {
        return Stream.of("VAULT_AGENT_ADDR", "VAULT_ADDR")
                .filter(name -> variable(name).isPresent())
                .findFirst();
    }

    /** A token; or none at an address that only an Agent has, which adds its own. */
    public Optional<VaultLogin> login() {
        return variable("VAULT_TOKEN")
                .<VaultLogin>map(token -> new VaultLogin.EnvironmentToken(SecretValue.of(token)))
                .or(() -> variable("HOME")
                        .map(home -> Path.of(home, ".vault-token"))
                        .filter(Files::isReadable)
                        .map(VaultLogin.TokenFile::new))
                .or(() -> addressOfAgent() ? Optional.of(new VaultLogin.Agent()) : Optional.empty());
    }

    private boolean addressOfAgent() {
        return variable("VAULT_AGENT_ADDR").isPresent()
                || address().filter(VaultAddress::isOfSocket).isPresent();
    }

    /**
     * The CAs to trust, in Vault's own order: {@code VAULT_CACERT}, {@code VAULT_CACERT_BYTES}, {@code VAULT_CAPATH}; none
     * where the address is no {@code https} one.
     */
    public Optional<TextOrFile> ca() {
        return file("VAULT_CACERT")
                .or(() -> ofTls("VAULT_CACERT_BYTES").map(SecretValue::of).map(TextOrFile::of))
                .or(() -> ofTls("VAULT_CAPATH").map(VaultEnvironment::certificatesBelow));
    }

    /** All files of a directory, as one text. */
    private static TextOrFile certificatesBelow(String directory) {
        try (Stream<Path> files = Files.walk(Path.of(directory), FileVisitOption.FOLLOW_LINKS)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file)).append('\n');
            }
            if (!all.toString().isBlank()) {
                return TextOrFile.of(SecretValue.of(all.toString()));
            }
        } catch (IOException | UncheckedIOException e) {
            throw noCertificates("cannot be read as a directory of PEM files");
        }
        throw noCertificates("has no file with a certificate");
    }

    private static SecretException unusable(String reason, String fix) {
        return new SecretException(Problem.MALFORMED, "source " + SourceKind.VAULT.defaultId(), reason, fix);
    }

    private static SecretException noCertificates(String reason) {
        return unusable(
                "the directory of the environment variable VAULT_CAPATH " + reason,
                "name a directory of CA certificates in PEM, or use VAULT_CACERT");
    }

    /** The client certificate; none where the address is no {@code https} one. */
    public Optional<ClientIdentity> identity() {
        if (ofTls("VAULT_CLIENT_CERT").isPresent() != ofTls("VAULT_CLIENT_KEY").isPresent()) {
            throw unusable("one of VAULT_CLIENT_CERT and VAULT_CLIENT_KEY is missing", "set both, or neither");
        }
        return file("VAULT_CLIENT_CERT")
                .flatMap(certificate -> file("VAULT_CLIENT_KEY").map(key -> new ClientIdentity.Pem(certificate, key)));
    }

    private Optional<TextOrFile> file(String name) {
        return ofTls(name).map(Path::of).map(TextOrFile::of);
    }

    private Optional<String> ofTls(String name) {
        boolean tls = address()
                .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
                .isPresent();
        return tls ? variable(name) : Optional.empty();
    }

    /** Without slashes around it. */
    public Optional<String> namespace() {
        return variable("VAULT_NAMESPACE").map(name -> name.replaceAll("^/+|/+$", ""));
    }

    /**
     * What a connection test says of the variables that are set and not used, where the environment's address is.
     *
     * @param url of the source
     * @param subject the source, as in {@code source vault}
     */
    List<SourceCheck> unused(URI url, String subject) {
        return address().filter(url::equals).isPresent() ? UnusedVariable.set(UNUSED, variables, subject) : List.of();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
