package io.jenkins.plugins.awssecrets.engine.source.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * Where a source's calls go, for messages.
 *
 * @param region {@code *} while none was found
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov}, ...
 * @param endpoint address that is not AWS' public one, without anything but scheme, host and port
 */
public record Place(String region, String partition, Optional<String> endpoint) {
    static final Place UNKNOWN = new Place("*", "aws", Optional.empty());

    static Place of(Region region, Optional<URI> endpoint) {
        return new Place(region.id(), partitionOf(region), endpoint.map(Place::plain));
    }

    private static String partitionOf(Region region) {
        try {
            return region.metadata().partition().id();
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
