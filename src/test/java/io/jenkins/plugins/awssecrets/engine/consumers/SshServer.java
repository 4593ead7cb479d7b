package io.jenkins.plugins.awssecrets.engine.consumers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** OpenSSH's server on loopback, for the user who runs the tests. */
public final class SshServer implements AutoCloseable {
    private static final int TRIES = 100;

    private final Process process;
    private final int port;
    private final Path log;

    private SshServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * @param authorizedKeys lines of keys that may log in
     * @param authorities lines of keys whose certificates may
     */
    public static SshServer start(Path directory, String authorizedKeys, String authorities)
            throws IOException, InterruptedException {
        Path host = directory.resolve("host");
        Tool.run(directory, Map.of(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host.toString());
        Path keys = Files.writeString(directory.resolve("authorized"), authorizedKeys);
        Path trusted = Files.writeString(directory.resolve("authorities"), authorities);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration =
                Files.writeString(directory.resolve("sshd_config"), """
                    ListenAddress 127.0.0.1
                    Port %d
                    HostKey %s
                    AuthorizedKeysFile %s
                    TrustedUserCAKeys %s
                    PermitRootLogin prohibit-password
                    PasswordAuthentication no
                    KbdInteractiveAuthentication no
                    StrictModes no
                    UsePAM no
                    PidFile none
                    """.formatted(port, host, keys, trusted));
        // The server wants its directory of privilege separation, and its whole path.
        Files.createDirectories(Path.of("/run/sshd"));
        Path log = directory.resolve("sshd.log");
        Process process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        SshServer server = new SshServer(process, port, log);
        for (int i = 0; i < TRIES && !server.answers(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return server;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
