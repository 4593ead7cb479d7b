package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A 404 that names a route: nothing is mounted there. Of a path that begins with a namespace the route is the rest, which
 * tells the namespace ({@code Router.routeCommon} in Vault and OpenBao).
 */
final class NoRoute extends SecretException {
    private static final long serialVersionUID = 1L;

    private static final Pattern ROUTE =
            Pattern.compile("no handler for route [\"']?([^\"'\\s]{1,1024}?)[\"']?(?:[.]? |[.]?$)");

    private final String namespace;

    private NoRoute(String subject, String namespace) {
        super(
                Problem.NOT_FOUND,
                subject,
                namespace.isEmpty()
                        ? "nothing is mounted at the beginning of this path (404)"
                        : "'" + namespace + "' is a namespace, and the path does not say where a mount begins (404)",
                namespace.isEmpty()
                        ? "check the mount's name (vault secrets list), the source's namespace and, where they are"
                                + " configured, its mounts"
                        : "set the source's namespace to " + namespace + " (below its own, if it has one) and leave it"
                                + " out of the path; or add the mount, as in " + namespace
                                + "/secret, to the source's mounts");
        this.namespace = namespace;
    }

    /**
     * Empty for any other answer.
     *
     * @param path that was asked for
     */
    static Optional<NoRoute> in(VaultAnswer answer, String subject, String path) {
        if (answer.status() != 404 || !answer.says("no handler for route")) {
            return Optional.empty();
        }
        String inNamespace = answer.names(ROUTE)
                .filter(route -> path.endsWith("/" + route))
                .map(route -> path.substring(0, path.length() - route.length() - 1))
                .orElse("");
        return Optional.of(new NoRoute(subject, inNamespace));
    }

    boolean isOfNamespace() {
        return !namespace.isEmpty();
    }
}
