package io.jenkins.plugins.awssecrets.engine.database;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The database engines whose URLs are known, by the names that secrets have for them: those of Secrets Manager's rotation
 * functions, of the RDS API ({@code DescribeDBEngineVersions}), of DocumentDB and Redshift, and what people write.
 */
public enum Engine {
    POSTGRESQL("postgresql", 5432, "postgres|postgresql|pg|aurora-postgres(ql)?|rds-postgres(ql)?") {
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return Optional.of("jdbc:postgresql://" + address.authority() + "/" + UrlText.encoded(name)
                    + (address.ssl() ? "?sslmode=require" : ""));
        }
    },
    MYSQL("mysql", 3306, "mysql|aurora|aurora-mysql|rds-mysql|percona") {
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return Optional.of("jdbc:mysql://" + address.authority() + "/" + UrlText.encoded(name)
                    + (address.ssl() ? "?sslMode=REQUIRED" : ""));
        }
    },
    MARIADB("mariadb", 3306, "mariadb|rds-mariadb") {
        /** Its driver takes the name as it is, up to a question mark. */
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return Optional.of("jdbc:mariadb://" + address.authority() + "/" + name
                            + (address.ssl() ? "?sslMode=trust" : ""))
                    .filter(url -> name.indexOf('?') < 0);
        }
    },
    REDSHIFT("redshift", 5439, "redshift(-serverless)?") {
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return Optional.of("jdbc:redshift://" + address.authority() + "/" + UrlText.encoded(name)
                    + (address.ssl() ? "?ssl=true" : ""));
        }
    },
    DB2("db2", 50_000, "db2(-[a-z]{2})?") {
        /** Properties follow the name behind a colon. */
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return Optional.of("jdbc:db2://" + address.authority() + "/" + name
                            + (address.ssl() ? ":sslConnection=true;" : ""))
                    .filter(url -> PLAIN_NAME.matcher(name).matches());
        }
    },
    ORACLE("oracle", 1521, "(custom-)?oracle(-[a-z0-9]+)*") {
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            String protocol = address.ssl() ? "tcps:" : "";
            return Optional.of("jdbc:oracle:thin:@" + protocol + "//" + address.authority() + "/" + name)
                    .filter(url -> PLAIN_NAME.matcher(name).matches());
        }
    },
    SQLSERVER("sqlserver", 1433, "(custom-)?sqlserver(-[a-z]+)*|mssql") {
        /** Its driver reads IPv6 addresses as a property only, and takes any text in braces. */
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            String server = address.isIpv6()
                    ? ";serverName=" + address.host()
                            + address.port().map(p -> ";portNumber=" + p).orElse("")
                    : address.authority();
            String database = name.isEmpty() ? "" : ";databaseName=" + braced(name);
            return Optional.of("jdbc:sqlserver://" + server + database + (address.ssl() ? ";encrypt=true" : ""));
        }

        private String braced(String name) {
            return PLAIN_NAME.matcher(name).matches() ? name : "{" + name.replace("}", "}}") + "}";
        }
    },
    MONGODB("mongodb", 27_017, "mongo(db)?") {
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return mongo(address, name, address.ssl() ? List.of("tls=true") : List.of());
        }
    },
    DOCUMENTDB("docdb", 27_017, "docdb|documentdb|amazon-docdb") {
        /** It has no retryable writes (DocumentDB developer guide), which drivers use unless they are told. */
        @Override
        Optional<String> url(DatabaseAddress address, String name) {
            return mongo(
                    address,
                    name,
                    address.ssl() ? List.of("tls=true", "retryWrites=false") : List.of("retryWrites=false"));
        }
    };

    static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.$#@-]*");
    private static final Pattern NO_MONGO_NAME = Pattern.compile(".*[/\\\\. \"$*<>:|?].*");

    private final String symbol;
    private final int port;
    private final Pattern names;

    Engine(String symbol, int port, String names) {
        this.symbol = symbol;
        this.port = port;
        this.names = Pattern.compile(names);
    }

    /** The engine of a name, whatever its case. */
    public static Optional<Engine> of(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        for (Engine engine : values()) {
            if (engine.names.matcher(lower).matches() || engine.symbol.equals(lower)) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }

    /** The name to declare it by. */
    public String symbol() {
        return symbol;
    }

    /** Where it listens by default. */
    public int port() {
        return port;
    }

    /** The names to declare them by. */
    public static List<String> symbols() {
        return Arrays.stream(values()).map(engine -> engine.symbol).toList();
    }

    /** Empty for a database's name that a URL of this engine cannot have. */
    abstract Optional<String> url(DatabaseAddress address, String name);

    private static Optional<String> mongo(DatabaseAddress address, String name, List<String> options) {
        return NO_MONGO_NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("mongodb://" + address.authority() + "/" + UrlText.encoded(name)
                        + (options.isEmpty() ? "" : "?" + String.join("&", options)));
    }
}
