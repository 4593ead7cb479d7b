package io.jenkins.plugins.awssecrets.engine.consumers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A PostgreSQL of its own on loopback, with the superuser {@code shop}. */
public final class PostgresServer implements AutoCloseable {
    public static final String PASSWORD = "p@ss w0rd'4711";

    private final Path home;
    private final int port;

    public PostgresServer() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        home = Files.createDirectory(Path.of("/tmp").resolve("pg-" + port));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(home.resolve("password"), PASSWORD);
        as("initdb", "-D", data(), "-U", "shop", "-A", "scram-sha-256", "--pwfile=" + password);
        as(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                home.resolve("log").toString(),
                "-o",
                "-h 127.0.0.1 -p " + port + " -k " + home,
                "start");
    }

    /** Skips the test where it cannot be had. */
    public static void need() {
        Tool.need("psql", "initdb", "pg_ctl", "runuser");
    }

    public int port() {
        return port;
    }

    /** As the superuser. */
    public void run(String sql) throws IOException, InterruptedException {
        Tool.run(
                home,
                Map.of("PGPASSWORD", PASSWORD),
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                "shop",
                "-d",
                "postgres",
                "-c",
                sql);
    }

    private String data() {
        return home.resolve("data").toString();
    }

    /** The server refuses to be root. */
    private static void as(String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"runuser", "-u", "postgres", "--"}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        Tool.run(Path.of("/tmp"), Map.of(), whole);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        as("pg_ctl", "-D", data(), "-m", "immediate", "stop");
        Tool.run(Path.of("/tmp"), Map.of(), "rm", "-rf", home.toString());
    }
}
