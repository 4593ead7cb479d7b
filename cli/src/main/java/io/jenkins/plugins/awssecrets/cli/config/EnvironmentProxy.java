package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.PercentEncoding;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.ProxyRoutes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies of {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, in lower or upper case,
 * for all sources alike and as curl takes them: a host in {@code NO_PROXY} stands for itself and its subdomains, with a
 * dot before it or not, {@code *} for all, {@code 10.0.0.0/8} for addresses; commas or blanks are between. As with Go's
 * programs, Vault's own command line among them, {@code host:port} stands for one port, and this machine is never
 * reached through a proxy.
 */
final class EnvironmentProxy extends ProxyRoutes {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(?i:http)://)?(?:([^/]*)@)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?/?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[?::1]?");
    /** curl's, where the address of a proxy has none (its manual page, option --proxy). */
    private static final int PROXY_PORT = 1080;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Optional<HttpProxy> http;
    private final Optional<HttpProxy> https;
    private final List<String> direct;

    private EnvironmentProxy(Optional<HttpProxy> http, Optional<HttpProxy> https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    /**
     * Empty where the environment names no proxy.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) for a variable that holds no address of an HTTP proxy
     */
    static Optional<EnvironmentProxy> of(Map<String, String> environment) {
        Optional<HttpProxy> all = proxy(environment, "ALL_PROXY");
        Optional<HttpProxy> http = proxy(environment, "HTTP_PROXY").or(() -> all);
        Optional<HttpProxy> https = proxy(environment, "HTTPS_PROXY").or(() -> all);
        List<String> direct = variable(environment, "NO_PROXY").stream()
                .flatMap(list -> Arrays.stream(list.split("[\\s,]+")))
                .map(host -> host.toLowerCase(Locale.ROOT)
                        .replaceFirst("^\\*?\\.", "")
                        .replaceFirst("\\.$", ""))
                .filter(host -> !host.isEmpty())
                .toList();
        return http.isEmpty() && https.isEmpty()
                ? Optional.empty()
                : Optional.of(new EnvironmentProxy(http, https, direct));
    }

    /** The proxy that Vault's own command line takes before any other, whatever {@code NO_PROXY} says. */
    static Optional<EnvironmentProxy> ofVault(Map<String, String> environment) {
        return proxy(environment, "VAULT_PROXY_ADDR")
                .or(() -> proxy(environment, "VAULT_HTTP_PROXY"))
                .map(proxy -> new EnvironmentProxy(Optional.of(proxy), Optional.of(proxy), List.of()));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT), name)
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private static Optional<HttpProxy> proxy(Map<String, String> environment, String name) {
        return variable(environment, name).map(text -> {
            Matcher address = ADDRESS.matcher(text);
            int port = !address.matches()
                    ? -1
                    : address.group(3) == null ? PROXY_PORT : Integer.parseInt(address.group(3));
            if (port < 1 || port > 65_535) {
                throw new SecretException(
                        Problem.MALFORMED,
                        "environment variable " + name,
                        "not a valid proxy URL",
                        "write it as http://proxy.example:3128 is written, and / in a password as %2F");
            }
            String[] login =
                    address.group(1) == null ? new String[0] : address.group(1).split(":", 2);
            return new HttpProxy(
                    address.group(2),
                    port,
                    login.length == 0 ? Optional.empty() : Optional.of(PercentEncoding.decodedOrSame(login[0])),
                    login.length < 2
                            ? Optional.empty()
                            : Optional.of(SecretValue.of(PercentEncoding.decodedOrSame(login[1]))),
                    List.of());
        });
    }

    @Override
    public Optional<HttpProxy> via(URI uri) {
        Optional<HttpProxy> proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return proxy.filter(any -> !isDirect(uri));
    }

    @Override
    public List<HttpProxy> all() {
        return Stream.of(http, https).flatMap(Optional::stream).distinct().toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(via(uri).map(proxy ->
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())))
                .orElse(Proxy.NO_PROXY));
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        int port = uri.getPort() >= 0 ? uri.getPort() : usual;
        return LOOPBACK.matcher(host).matches()
                || direct.stream()
                        .anyMatch(entry -> covers(entry, host)
                                || covers(entry, host, port)
                                || AddressRange.of(entry).covers(host));
    }

    private static boolean covers(String entry, String host) {
        return entry.equals("*") || host.equals(entry) || host.equals("[" + entry + "]") || host.endsWith("." + entry);
    }

    private static boolean covers(String entry, String host, int port) {
        return entry.endsWith(":" + port) && covers(entry.substring(0, entry.lastIndexOf(':')), host);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to turn to; the call fails and says so.
    }
}
