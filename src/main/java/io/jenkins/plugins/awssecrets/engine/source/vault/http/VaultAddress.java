package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The two forms of an address: {@code https://host:8200}, or {@code unix:///run/vault/agent.sock} for the unix socket of
 * an Agent, as Vault's own command line takes it in {@code VAULT_ADDR}.
 */
public final class VaultAddress {
    private static final String UNIX = "unix";

    /** What the shortest {@code sun_path} of the systems at hand takes (macOS; 107 on Linux). */
    private static final int LONGEST_SOCKET_PATH = 103;

    private VaultAddress() {}

    /** The address in a text; empty where it is neither of the two forms. It may have a query or a user yet. */
    public static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text)).filter(url -> isOfWeb(url) || isOfSocket(url));
        } catch (URISyntaxException e) {
            // Its message repeats the text.
            return Optional.empty();
        }
    }

    public static boolean isOfWeb(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null;
    }

    /** Whether it is a unix socket's, with an absolute path that the system can take. */
    public static boolean isOfSocket(URI url) {
        return UNIX.equalsIgnoreCase(url.getScheme())
                && url.getRawAuthority() == null
                && url.getPath() != null
                && url.getPath().startsWith("/")
                && !url.getPath().endsWith("/")
                && url.getPath().length() <= LONGEST_SOCKET_PATH;
    }

    /** The socket's file. */
    static Path socket(URI url) {
        return Path.of(url.getPath());
    }

    /** What requests' paths are put behind: the address itself without a slash at its end; of a socket, some host's. */
    static String base(URI url) {
        if (isOfSocket(url)) {
            return "http://localhost";
        }
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
