package io.jenkins.plugins.awssecrets.engine.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a registry, as people write it. */
public final class RegistryAddress {
    /** The key under which docker looks Docker Hub up. */
    public static final String DOCKER_HUB = "https://index.docker.io/v1/";

    /** Of Helm, skopeo and Kubernetes besides the web's. */
    private static final Pattern PARTS =
            Pattern.compile("(?i)(?:(https?|oci|docker|container|registry|helm)://|//)?(?:([^@/\\s:]+)@)?([^@\\s]+)");

    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?");

    private final String scheme;
    private final String host;
    private final String path;

    private RegistryAddress(String scheme, String host, String path) {
        this.scheme = scheme;
        this.host = host;
        this.path = path;
    }

    /** Empty for what is none: a host is missing, or there is a password in it. */
    public static Optional<RegistryAddress> of(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        String rest = parts.group(3);
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        return HOST.matcher(host).matches()
                ? Optional.of(new RegistryAddress(
                        Optional.ofNullable(parts.group(1)).orElse("").toLowerCase(Locale.ROOT),
                        host.toLowerCase(Locale.ROOT),
                        slash < 0 ? "" : rest.substring(slash)))
                : Optional.empty();
    }

    /**
     * The key that docker uses for it: host and port, or Docker Hub's address for what means Docker Hub (docker/cli,
     * {@code registry.ConvertToHostname} and {@code GetAuthConfigKey}).
     */
    public String key() {
        return switch (host) {
            case "docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com" -> DOCKER_HUB;
            default -> host;
        };
    }

    /** As tools take it: without a username and without a scheme that is not the web's. */
    public String text() {
        return scheme.startsWith("http") ? scheme + "://" + host + path : host + path;
    }
}
