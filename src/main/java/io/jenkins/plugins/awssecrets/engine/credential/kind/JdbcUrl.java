package io.jenkins.plugins.awssecrets.engine.credential.kind;

import java.util.Optional;

/**
 * A JDBC URL without user name and password, in the form that the engine's own driver documents. Engine names are those
 * that Secrets Manager's rotation functions keep ({@code postgres}, {@code mysql}, {@code mariadb}, {@code oracle},
 * {@code sqlserver}, {@code mongo}, {@code db2}, {@code redshift}) and common others.
 */
final class JdbcUrl {
    private JdbcUrl() {}

    /** Empty when the host or the engine's form of URL is not known. */
    static Optional<String> of(String engine, String host, Optional<String> port, Optional<String> database) {
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String authority = (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host)
                + port.map(p -> ":" + p).orElse("");
        String path = "/" + database.orElse("");
        return switch (engine.toLowerCase(java.util.Locale.ROOT)) {
            case "postgres", "postgresql", "aurora-postgresql" -> Optional.of("jdbc:postgresql://" + authority + path);
            case "mysql", "aurora-mysql", "aurora" -> Optional.of("jdbc:mysql://" + authority + path);
            case "mariadb" -> Optional.of("jdbc:mariadb://" + authority + path);
            case "redshift" -> Optional.of("jdbc:redshift://" + authority + path);
            case "db2" -> Optional.of("jdbc:db2://" + authority + path);
            case "oracle" -> Optional.of("jdbc:oracle:thin:@//" + authority + path);
            case "sqlserver", "mssql" ->
                Optional.of("jdbc:sqlserver://" + authority
                        + database.map(d -> ";databaseName=" + d).orElse(""));
            case "mongo", "mongodb", "documentdb" -> Optional.of("mongodb://" + authority + path);
            default -> Optional.empty();
        };
    }
}
