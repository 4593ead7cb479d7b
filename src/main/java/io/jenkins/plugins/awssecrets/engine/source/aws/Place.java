package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.ProxyRoutes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * Where a source's calls go, for messages.
 *
 * @param region {@code *} while none was found
 * @param endpoint address that is not AWS' public one, without anything but scheme, host and port
 * @param proxies that a call may go through, as {@code host:port}
 */
public record Place(String region, Optional<String> endpoint, List<String> proxies) {
    /** The region of a source that none was found for. */
    static final String ANY = "*";

    static final Place UNKNOWN = new Place(ANY, Optional.empty(), List.of());

    static Place of(Region region, Optional<URI> endpoint) {
        return of(region, endpoint, AwsSettings.DEFAULTS);
    }

    static Place of(Region region, Optional<URI> endpoint, AwsSettings settings) {
        List<HttpProxy> proxies = settings.proxy()
                .map(List::of)
                .or(() -> settings.routes().map(ProxyRoutes::all))
                .orElse(List.of());
        return new Place(
                region.id(),
                endpoint.map(Place::plain),
                proxies.stream().map(proxy -> proxy.host() + ":" + proxy.port()).toList());
    }

    /** The proxy that a connection failed at; empty where it was another host, or is not known. */
    Optional<String> proxyIn(List<Throwable> causes) {
        // The clients' texts name whom they could not reach; they are compared and not passed on.
        return proxies.stream()
                .filter(proxy -> causes.stream()
                        .filter(IOException.class::isInstance)
                        .map(cause -> String.valueOf(cause.getMessage()))
                        .anyMatch(text -> text.startsWith("Connect to " + proxy + " ")
                                || (text + ":").startsWith(proxy.substring(0, proxy.lastIndexOf(':') + 1))))
                .findFirst();
    }

    /**
     * {@code aws}, {@code aws-cn}, {@code aws-us-gov}, ... Looked up when a message or policy needs it: the SDK then loads
     * what it knows of all services.
     */
    String partition() {
        try {
            return Region.of(region).metadata().partition().id();
        } catch (RuntimeException e) {
            return "aws";
        }
    }

    private static String plain(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    @Override
    public String toString() {
        return "in " + region + endpoint.map(at -> " at " + at).orElse("");
    }
}
