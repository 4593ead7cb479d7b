package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Makes the client that a source keeps: of a unix socket our own, else the JDK's with HTTP/1.1 and no redirects of its own. */
public final class HttpClients {
    private HttpClients() {}

    /**
     * @param url of the server; where it is a unix socket's, nothing else counts
     * @param tls empty for the JVM's trust and no client certificate
     */
    public static HttpClient client(
            URI url, Optional<SSLContext> tls, Optional<ProxySelector> proxy, Duration connectTimeout) {
        if (VaultAddress.isOfSocket(url)) {
            return new SocketClient(VaultAddress.socket(url));
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        tls.ifPresent(builder::sslContext);
        proxy.ifPresent(builder::proxy);
        return builder.build();
    }
}
