package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
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
 * The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in upper or lower case, as Vault's own
 * command line takes them (Go's {@code httpproxy}): a host in {@code NO_PROXY} stands for itself and its subdomains,
 * {@code *} for all, {@code host:port} for one port, {@code 10.0.0.0/8} for addresses; this machine is never reached through a proxy. AWS' SDK reads them
 * itself.
 */
final class EnvironmentProxy extends ProxySelector {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:http://)?(?:[^@/]*@)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?/?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[?::1]?");
    private static final int HTTP_PORT = 80;

    private final Optional<Proxy> http;
    private final Optional<Proxy> https;
    private final List<String> direct;

    private EnvironmentProxy(Optional<Proxy> http, Optional<Proxy> https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    /**
     * Empty where the environment names no proxy.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) for a variable that holds no address of an HTTP proxy
     */
    static Optional<ProxySelector> of(Map<String, String> environment) {
        Optional<Proxy> http = proxy(environment, "HTTP_PROXY");
        Optional<Proxy> https = proxy(environment, "HTTPS_PROXY");
        List<String> direct = variable(environment, "NO_PROXY").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        return http.isEmpty() && https.isEmpty()
                ? Optional.empty()
                : Optional.of(new EnvironmentProxy(http, https, direct));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private static Optional<Proxy> proxy(Map<String, String> environment, String name) {
        return variable(environment, name).map(text -> {
            Matcher address = ADDRESS.matcher(text);
            int port =
                    !address.matches() ? -1 : address.group(2) == null ? HTTP_PORT : Integer.parseInt(address.group(2));
            if (port < 1 || port > 65_535) {
                throw new SecretException(
                        Problem.MALFORMED,
                        "environment variable " + name,
                        "no address of an HTTP proxy",
                        "write it as http://proxy.example:3128 is written");
            }
            return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.group(1), port));
        });
    }

    @Override
    public List<Proxy> select(URI uri) {
        Optional<Proxy> proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return List.of(proxy.filter(any -> !isDirect(uri)).orElse(Proxy.NO_PROXY));
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : HTTP_PORT;
        return LOOPBACK.matcher(host).matches()
                || direct.stream()
                        .anyMatch(entry -> covers(entry, host)
                                || covers(entry, host, port)
                                || AddressRange.of(entry).covers(host));
    }

    private static boolean covers(String entry, String host) {
        String name = entry.startsWith("*.") ? entry.substring(1) : entry;
        return name.equals("*") || host.equals(name) || host.endsWith(name.startsWith(".") ? name : "." + name);
    }

    private static boolean covers(String entry, String host, int port) {
        return entry.endsWith(":" + port) && covers(entry.substring(0, entry.lastIndexOf(':')), host);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to turn to; the call fails and says so.
    }
}
