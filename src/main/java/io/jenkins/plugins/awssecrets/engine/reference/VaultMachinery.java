package io.jenkins.plugins.awssecrets.engine.reference;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The paths of Vault's own API, which no reference reaches: {@code auth/}, {@code sys/}, {@code identity/} and {@code
 * cubbyhole/} (<a href="https://developer.hashicorp.com/vault/api-docs">Vault API</a>). They give the session's token,
 * what its policies are, and other people's.
 */
public final class VaultMachinery {
    private static final Set<String> ROOTS = Set.of("auth", "sys", "identity", "cubbyhole");

    /**
     * Endpoints that are told from a secret of the same name by what follows, where a namespace may stand before them:
     * {@code team/auth/token/lookup-self}. A secret {@code kv/auth/github} is none.
     */
    private static final Pattern BELOW_A_NAMESPACE = Pattern.compile("auth/token/(lookup|renew|revoke|create|accessors"
            + "|roles|tidy).*|auth/[^/]+/(login|role/[^/]+/(secret-id|role-id)).*"
            + "|sys/(internal|auth|mounts|policy|policies|leases|wrapping|capabilities|audit|health|init|seal|unseal"
            + "|key-status|leader|host-info|license|namespaces|plugins|quotas|raw|replication|remount|rotate|storage"
            + "|tools|generate-root|rekey|metrics|pprof|monitor|ha-status|mfa|locked-users|in-flight-req)(-[^/]*)?(/.*)?"
            + "|identity/(entity|group|lookup|oidc|mfa|persona|alias)(-alias)?/.*|cubbyhole/.+");

    private VaultMachinery() {}

    /** Whether a path begins with one of Vault's own, however it is spelled, or has one below a namespace. */
    public static boolean isIn(String path) {
        List<String> segments = segments(path);
        if (segments.isEmpty()) {
            return false;
        }
        return ROOTS.contains(segments.get(0))
                || Stream.iterate(1, i -> i < segments.size(), i -> i + 1)
                        .map(i -> String.join("/", segments.subList(i, segments.size())))
                        .anyMatch(rest -> BELOW_A_NAMESPACE.matcher(rest).matches());
    }

    /**
     * Whether a path has a segment of such a name at all. That is harmless below the mount of a key-value engine, and
     * machinery where the segments before it turn out to be a namespace.
     */
    public static boolean mayBeIn(String path) {
        List<String> segments = segments(path);
        return segments.stream().limit(Math.max(0, segments.size() - 1)).anyMatch(ROOTS::contains);
    }

    /** As a server or a proxy before it may read the path: decoded until nothing changes, without empty and dot segments. */
    private static List<String> segments(String path) {
        String plain = path;
        for (int i = 0; i < 5 && plain.indexOf('%') >= 0; i++) {
            plain = PercentEncoding.decodedOrSame(plain);
        }
        return Stream.of(plain.replace('\\', '/').split("/"))
                .map(segment -> segment.strip().toLowerCase(Locale.ROOT))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
    }
}
