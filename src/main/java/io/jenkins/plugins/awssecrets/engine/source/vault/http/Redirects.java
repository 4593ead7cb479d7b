package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a redirect may lead. A Vault node on standby that cannot forward a request answers 307 with the active node's
 * address. The token goes to the configured scheme, host and port only: an answer does not get to choose who is given
 * it.
 */
final class Redirects {
    static final int LIMIT = 2;

    private Redirects() {}

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    /** The target when it has the origin of the URL that was asked. */
    static Optional<URI> sameOrigin(URI asked, Optional<String> location) {
        return target(asked, location).filter(to -> origin(to).equals(origin(asked)));
    }

    /** The target's scheme, host and port, for a message. */
    static String whither(URI asked, Optional<String> location) {
        return target(asked, location).map(Redirects::origin).orElse("an invalid URL");
    }

    private static Optional<URI> target(URI asked, Optional<String> location) {
        try {
            return location.map(text -> asked.resolve(URI.create(text))).filter(to -> to.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
