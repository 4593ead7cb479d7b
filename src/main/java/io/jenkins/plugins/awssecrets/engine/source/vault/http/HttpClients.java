package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Makes the JDK client that a source keeps: HTTP/1.1, as a Vault Agent wants it, and no redirects of its own. */
public final class HttpClients {
    private HttpClients() {}

    /** @param tls empty for the JVM's trust and no client certificate */
    public static HttpClient client(Optional<SSLContext> tls, Optional<ProxySelector> proxy, Duration connectTimeout) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        tls.ifPresent(builder::sslContext);
        proxy.ifPresent(builder::proxy);
        return builder.build();
    }
}
