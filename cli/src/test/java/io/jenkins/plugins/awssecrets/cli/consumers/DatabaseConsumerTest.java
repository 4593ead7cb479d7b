package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.consumers.PostgresServer;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** psql and a JDBC driver log in to PostgreSQL with a stored account, and with one of Vault's database engine. */
@Timeout(300)
class DatabaseConsumerTest {
    private static final Path DRIVER = Path.of("/usr/share/java/postgresql.jar");

    @TempDir
    Path directory;

    @Test
    void psqlLogsInWithWhatASecretOfTheRotationFunctionsHolds() throws Exception {
        PostgresServer.need();
        try (PostgresServer server = new PostgresServer();
                Bench bench = bench(server)) {
            assertThat(bench.exec(
                            "stored=DB",
                            "PGPASSWORD=\"$DB_PASSWORD\" psql -h \"$DB_HOST\" -p \"$DB_PORT\" -U"
                                    + " \"$DB_USERNAME\" -d \"$DB_NAME\" -Atc 'select 6*7';"
                                    + " PGPASSWORD=\"$DB_PASSWORD\" psql -U \"$DB_USERNAME\" \"${DB_URL#jdbc:}\""
                                    + " -Atc 'select 6*8'"))
                    .isEqualTo("42\n48\n");
        }
    }

    @Test
    void psqlLogsInWithAnAccountThatVaultMadeAndItsLeaseEndsWithTheCommand() throws Exception {
        PostgresServer.need();
        try (PostgresServer server = new PostgresServer();
                Bench bench = bench(server)) {
            server.run("create role \"" + Bench.MADE_USER + "\" login password '" + Bench.MADE_PASSWORD + "'");

            assertThat(bench.exec(
                            "made=DB",
                            "PGPASSWORD=\"$DB_PASSWORD\" psql -U \"$DB_USERNAME\" \"${DB_URL#jdbc:}\" -Atc 'select"
                                    + " current_user'"))
                    .isEqualTo(Bench.MADE_USER + "\n");
            assertThat(bench.backends()
                            .requests()
                            .count(io.jenkins.plugins.awssecrets.demo.Service.VAULT, "lease-revoke"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aJdbcDriverTakesTheUrl() throws Exception {
        PostgresServer.need();
        Tool.need("java");
        Tool.needFile(DRIVER, "the JDBC driver of PostgreSQL");
        Path program = Files.writeString(directory.resolve("Query.java"), """
            public class Query {
                public static void main(String[] url) throws Exception {
                    try (var connection = java.sql.DriverManager.getConnection(
                                    url[0], System.getenv("DB_USERNAME"), System.getenv("DB_PASSWORD"));
                            var rows = connection.createStatement().executeQuery("select current_user")) {
                        rows.next();
                        System.out.println(rows.getString(1));
                    }
                }
            }
            """);
        try (PostgresServer server = new PostgresServer();
                Bench bench = bench(server)) {
            server.run("create role \"" + Bench.MADE_USER + "\" login password '" + Bench.MADE_PASSWORD + "'");

            String query = "java -cp " + DRIVER + " " + program + " \"$DB_URL\"";
            assertThat(bench.exec("stored=DB", query)).isEqualTo("shop\n");
            assertThat(bench.exec("made=DB", query)).isEqualTo(Bench.MADE_USER + "\n");
        }
    }

    private Bench bench(PostgresServer server) throws Exception {
        String stored = "{\"engine\":\"postgres\",\"host\":\"127.0.0.1:%1$d\",\"port\":%1$d,\"dbname\":\"postgres\","
                + "\"username\":\"shop\",\"password\":\"%2$s\"}";
        return new Bench(
                directory,
                Map.of("db", stored.formatted(server.port(), PostgresServer.PASSWORD)),
                "  - database: {id: stored, from: \"sm:db\"}\n"
                        + "  - database: {id: made, engine: postgres, host: 127.0.0.1, port: \"" + server.port()
                        + "\", dbname: postgres, username: \"vault:database/creds/readonly#username\", password:"
                        + " \"vault:database/creds/readonly#password\"}\n");
    }
}
