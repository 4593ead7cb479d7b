package io.jenkins.plugins.awssecrets.engine.database;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a database is.
 *
 * @param host a name or an address, without brackets; or several with their ports and commas between them
 * @param database its name; for Oracle that of the service
 */
public record DatabaseAddress(
        Optional<Engine> engine, String host, Optional<String> port, Optional<String> database, boolean ssl) {

    /** A URL without username and password, as the engine's own driver documents it; empty where none can be told. */
    public Optional<String> url() {
        return host.isEmpty() ? Optional.empty() : engine.flatMap(e -> e.url(this, database.orElse("")));
    }

    boolean isIpv6() {
        return host.indexOf(':') >= 0 && host.indexOf(',') < 0;
    }

    /** Host and port as in a URL. */
    String authority() {
        return host.indexOf(',') < 0
                ? authority(host)
                : Arrays.stream(host.split(","))
                        .map(String::strip)
                        .map(h -> h.matches(".*[^:]:\\d+|\\[.*") ? h : authority(h))
                        .collect(Collectors.joining(","));
    }

    private String authority(String one) {
        return (one.indexOf(':') >= 0 ? "[" + one + "]" : one)
                + port.map(p -> ":" + p).orElse("");
    }
}
