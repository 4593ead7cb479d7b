package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A proxy for the calls to AWS. Metadata services (container, instance role) are never called through it.
 *
 * @param nonProxyHosts hosts that are called directly, with {@code *} for any characters, as Jenkins' proxy page has
 *     them; case does not count
 */
public record HttpProxy(
        String host, int port, Optional<String> user, Optional<SecretValue> password, List<String> nonProxyHosts) {
    private static final Pattern BETWEEN_HOSTS = Pattern.compile("[\\s,|]+");

    public HttpProxy {
        nonProxyHosts = List.copyOf(nonProxyHosts);
    }

    /** The hosts in the text of Jenkins' field "No Proxy Host": parted by blanks, line ends, commas or bars. */
    public static List<String> hostsIn(String noProxyText) {
        return BETWEEN_HOSTS
                .splitAsStream(noProxyText)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** The hosts as the expressions the SDK matches a lower-case host name with. */
    public Set<String> nonProxyExpressions() {
        return nonProxyHosts.stream()
                .map(host -> Stream.of(host.toLowerCase(Locale.ROOT).split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.toUnmodifiableSet());
    }
}
