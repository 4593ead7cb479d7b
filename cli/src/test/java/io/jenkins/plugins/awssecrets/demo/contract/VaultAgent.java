package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Vault Agent that logs in by AppRole, keeps the token in a sink file and adds it to what its listener is asked. */
final class VaultAgent implements AutoCloseable {
    private final Process process;
    private final Path sink;
    private final Path log;
    private final Path socket;
    private final int port;

    VaultAgent(String binary, URI vault, VaultLogin.AppRole login, Path folder) {
        this.sink = folder.resolve("sink");
        this.log = folder.resolve("agent.log");
        this.port = freePort();
        try {
            // A socket's path is short: a test's own folder may be too long.
            this.socket = Files.createTempDirectory(Path.of("/tmp"), "agent").resolve("agent.sock");
            Path roleId = Files.writeString(folder.resolve("role-id"), login.roleId());
            Path secretId = Files.writeString(
                    folder.resolve("secret-id"),
                    login.secretId()
                            .orElseThrow()
                            .read("test", "the secret ID", Problem.INTERNAL)
                            .reveal());
            Path configuration = Files.writeString(folder.resolve("agent.hcl"), """
                vault { address = "%s" }
                auto_auth {
                  method {
                    type = "approle"
                    mount_path = "auth/%s"
                    config = {
                      role_id_file_path = "%s"
                      secret_id_file_path = "%s"
                      remove_secret_id_file_after_reading = false
                    }
                  }
                  sink { type = "file", config = { path = "%s" } }
                }
                api_proxy { use_auto_auth_token = true }
                listener "tcp" { address = "127.0.0.1:%d", tls_disable = true, require_request_header = true }
                listener "unix" { address = "%s", tls_disable = true, require_request_header = true }
                """.formatted(
                            vault, login.mount(), roleId, secretId, sink, port, socket));
            process = new ProcessBuilder(binary, "agent", "-config", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(() -> Files.exists(sink));
        await(this::listens);
        await(() -> Files.exists(socket));
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException("the agent does not start: " + said());
            }
            Thread.onSpinWait();
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "nothing";
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Of the listener that is a unix socket. */
    URI socketAddress() {
        return URI.create("unix://" + socket);
    }

    Path sink() {
        return sink;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
