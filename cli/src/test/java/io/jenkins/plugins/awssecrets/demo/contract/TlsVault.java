package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Vault in development mode of a test's own, over TLS with a CA that it makes for itself. */
final class TlsVault implements AutoCloseable {
    private static final String ROOT = "root";

    private final Process process;
    private final Path folder;
    private final URI address;
    private final HttpClient http;

    TlsVault(String binary, Path folder) {
        this.folder = folder;
        this.address = URI.create("https://127.0.0.1:" + freePort());
        try {
            ProcessBuilder server = new ProcessBuilder(
                            binary,
                            "server",
                            "-dev",
                            "-dev-tls",
                            "-dev-tls-cert-dir=" + folder,
                            "-dev-no-store-token",
                            "-dev-root-token-id=" + ROOT,
                            "-dev-listen-address=127.0.0.1:" + address.getPort())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile());
            server.environment().put("HOME", folder.toString());
            process = server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitFile(folder.resolve("vault-ca.pem"));
        http = HttpClient.newBuilder()
                .sslContext(new TlsContexts("test").context(Optional.of(ca()), Optional.empty()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        awaitAnswer();
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitFile(Path file) {
        Instant end = Instant.now().plusSeconds(30);
        while (!Files.exists(file)) {
            failWhenLate(end);
        }
    }

    private void awaitAnswer() {
        Instant end = Instant.now().plusSeconds(30);
        while (status("GET", "secret/config", "") != 200) {
            failWhenLate(end);
        }
    }

    private void failWhenLate(Instant end) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
            close();
            throw new IllegalStateException("the server does not start, see " + folder.resolve("server.log"));
        }
        Thread.onSpinWait();
    }

    URI address() {
        return address;
    }

    /** The CA's certificate. */
    TextOrFile ca() {
        return TextOrFile.of(folder.resolve("vault-ca.pem"));
    }

    void write(String path, String json) {
        int status = status("POST", path, json);
        if (status / 100 != 2) {
            throw new IllegalStateException(path + " is refused: " + status);
        }
    }

    private int status(String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .header("X-Vault-Token", ROOT)
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
