package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.MachineAddresses;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAddress;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a Vault is and how it is talked to.
 *
 * @param url {@code https://host:8200}, without {@code /v1}; a path is kept, for a Vault behind a reverse proxy. Or
 *     {@code unix:///run/agent.sock}, the unix socket of an Agent without TLS
 * @param namespace of the login and of all paths (Vault Enterprise, OpenBao), without slashes around it
 * @param ca PEM of the CAs to trust instead of the JVM's
 * @param identity the client certificate, which a login by TLS certificate needs
 * @param proxy empty for the JVM's own ({@code https.proxyHost}); a proxy that asks for a password is not supported
 * @param connectTimeout of a connection
 * @param requestTimeout of one exchange, from connecting to the answer's last byte
 * @param place full name of the folder whose source it is; empty for Jenkins itself, and outside of Jenkins
 * @param childTokens the tokens that builds read with; empty where they read with the source's own
 * @param mounts those that Vault is not asked about
 */
public record VaultSettings(
        URI url,
        Optional<String> namespace,
        VaultLogin login,
        Optional<TextOrFile> ca,
        Optional<ClientIdentity> identity,
        Optional<ProxySelector> proxy,
        Duration connectTimeout,
        Duration requestTimeout,
        String place,
        Optional<ChildTokens> childTokens,
        List<MountSetting> mounts) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private static final String NAMESPACE = "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*";

    /** @throws SecretException {@code MALFORMED} for settings that cannot work */
    public VaultSettings {
        mounts = List.copyOf(mounts);
        boolean socket = VaultAddress.isOfSocket(url);
        // The URL itself is not repeated before it is known to hold no password.
        require(url.getRawUserInfo() == null, "the url contains a user", "remove the part before the @");
        require(
                socket || VaultAddress.isOfWeb(url),
                "the url is not https://host:port",
                "enter Vault's API address, or unix:// and the absolute path of a Vault Agent's socket");
        require(url.getRawQuery() == null && url.getRawFragment() == null, "the url has a query", "remove it");
        require(socket || !url.getPath().matches(".*/v1/?"), "the url ends with /v1", "remove /v1");
        require(
                !socket || ca.isEmpty() && identity.isEmpty(),
                "certificates are configured, but a unix socket does not use TLS",
                "remove them");
        require(
                namespace.filter(name -> !name.matches(NAMESPACE)).isEmpty(),
                "the namespace is not of the form parent/child",
                "remove the slashes around it");
        require(
                !(login instanceof VaultLogin.BuildJwt) || childTokens.isEmpty(),
                "each build authenticates by itself, and tokens for builds are configured too",
                "keep one of the two");
        require(
                !(login instanceof VaultLogin.Agent) || childTokens.isEmpty(),
                "tokens for builds are configured, but the token of an Agent takes the place of any other",
                "choose another authentication method");
        require(
                !(login instanceof VaultLogin.Certificate) || identity.isPresent(),
                "the authentication method TLS certificate needs a client certificate",
                "configure the certificate and its key");
    }

    /** Whether builds read as themselves, and not as the controller. */
    public boolean perBuild() {
        return childTokens.isPresent() || login instanceof VaultLogin.BuildJwt;
    }

    /** All that it uses of this machine. Looks up the name of its address. */
    public List<MachineUse> machineUses() {
        List<MachineUse> uses = new ArrayList<>(login.machineUses(url));
        MachineAddresses.use(url).ifPresent(uses::add);
        ca.flatMap(text -> text.machineUse("a file of CA certificates")).ifPresent(uses::add);
        identity.map(ClientIdentity::machineUses).ifPresent(uses::addAll);
        return uses;
    }

    /** Settings with no more than address and login. */
    public static VaultSettings of(URI url, VaultLogin login) {
        return new VaultSettings(
                url,
                Optional.empty(),
                login,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CONNECT_TIMEOUT,
                REQUEST_TIMEOUT);
    }

    /** Settings whose builds read with the source's own token, or by a login of their own. */
    public VaultSettings(
            URI url,
            Optional<String> namespace,
            VaultLogin login,
            Optional<TextOrFile> ca,
            Optional<ClientIdentity> identity,
            Optional<ProxySelector> proxy,
            Duration connectTimeout,
            Duration requestTimeout) {
        this(
                url,
                namespace,
                login,
                ca,
                identity,
                proxy,
                connectTimeout,
                requestTimeout,
                login instanceof VaultLogin.BuildJwt jwt ? jwt.place() : "",
                Optional.empty(),
                List.of());
    }

    public VaultSettings withNamespace(String name) {
        return with(draft -> draft.namespace = Optional.of(name));
    }

    public VaultSettings withTls(Optional<TextOrFile> trusted, Optional<ClientIdentity> own) {
        return with(draft -> {
            draft.ca = trusted;
            draft.identity = own;
        });
    }

    public VaultSettings withProxy(ProxySelector selector) {
        return with(draft -> draft.proxy = Optional.of(selector));
    }

    public VaultSettings withTimeouts(Duration connect, Duration request) {
        return with(draft -> {
            draft.connectTimeout = connect;
            draft.requestTimeout = request;
        });
    }

    /** @param of full name of the folder whose source it is; empty for Jenkins itself */
    public VaultSettings withChildTokens(String of, ChildTokens tokens) {
        return with(draft -> {
            draft.place = of;
            draft.childTokens = Optional.of(tokens);
        });
    }

    public VaultSettings withMounts(List<MountSetting> known) {
        return with(draft -> draft.mounts = known);
    }

    private static void require(boolean holds, String reason, String fix) {
        if (!holds) {
            throw new SecretException(Problem.MALFORMED, "the Vault source's settings", reason, fix);
        }
    }

    private VaultSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** A copy that can be changed. */
    private static final class Draft {
        URI url;
        Optional<String> namespace;
        VaultLogin login;
        Optional<TextOrFile> ca;
        Optional<ClientIdentity> identity;
        Optional<ProxySelector> proxy;
        Duration connectTimeout;
        Duration requestTimeout;
        String place;
        Optional<ChildTokens> childTokens;
        List<MountSetting> mounts;

        Draft(VaultSettings from) {
            url = from.url;
            namespace = from.namespace;
            login = from.login;
            ca = from.ca;
            identity = from.identity;
            proxy = from.proxy;
            connectTimeout = from.connectTimeout;
            requestTimeout = from.requestTimeout;
            place = from.place;
            childTokens = from.childTokens;
            mounts = from.mounts;
        }

        VaultSettings settings() {
            return new VaultSettings(
                    url,
                    namespace,
                    login,
                    ca,
                    identity,
                    proxy,
                    connectTimeout,
                    requestTimeout,
                    place,
                    childTokens,
                    mounts);
        }
    }
}
