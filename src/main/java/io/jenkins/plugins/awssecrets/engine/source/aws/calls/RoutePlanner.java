package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.protocol.HttpContext;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** Puts {@link ProxyRoutes} into the SDK's HTTP client, which knows a proxy for all addresses and a list of exceptions. */
public final class RoutePlanner extends DefaultRoutePlanner {
    private final ProxyRoutes routes;

    private RoutePlanner(ProxyRoutes routes) {
        super(null);
        this.routes = routes;
    }

    public static void put(ProxyRoutes routes, ApacheHttpClient.Builder into) {
        into.proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build())
                .httpRoutePlanner(new RoutePlanner(routes))
                .credentialsProvider(credentials(routes));
    }

    private static CredentialsProvider credentials(ProxyRoutes routes) {
        CredentialsProvider provider = new BasicCredentialsProvider();
        for (HttpProxy proxy : routes.all()) {
            proxy.user()
                    .ifPresent(user -> provider.setCredentials(
                            new AuthScope(proxy.host(), proxy.port()),
                            new UsernamePasswordCredentials(
                                    user,
                                    proxy.password().map(SecretValue::reveal).orElse(""))));
        }
        return provider;
    }

    @Override
    protected HttpHost determineProxy(HttpHost target, HttpRequest request, HttpContext context) {
        return routes.via(URI.create(target.toURI()))
                .map(proxy -> new HttpHost(proxy.host(), proxy.port()))
                .orElse(null);
    }
}
