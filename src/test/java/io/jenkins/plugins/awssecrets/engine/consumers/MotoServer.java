package io.jenkins.plugins.awssecrets.engine.consumers;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * moto's server on loopback, with a bucket, a user who may assume a role and nothing else, and that role, which may list
 * buckets. IAM and signatures are enforced.
 */
public final class MotoServer implements AutoCloseable {
    public static final String ROLE = "arn:aws:iam::123456789012:role/deployer";

    /** What {@code aws s3 ls} prints of it, after the date. */
    public static final String BUCKET = "shop-artifacts";

    private static final int TRIES = 600;
    private static final String TRUST = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}\
        """;

    private final Process process;
    private final int port;
    private final MotoClient client;
    private String user;

    private MotoServer(Process process, int port) {
        this.process = process;
        this.port = port;
        this.client = new MotoClient(address());
    }

    /** Skips the test where it cannot be had. */
    public static void need() {
        Tool.need("moto_server");
    }

    public static MotoServer start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        MotoServer server = new MotoServer(process, port);
        try {
            for (int i = 0; i < TRIES && !server.answers(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            server.prepare();
            return server;
        } catch (InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void prepare() {
        client.send("s3", "PUT", "/" + BUCKET, "");
        client.iam("CreateUser", Map.of("UserName", "jenkins"));
        client.iam(
                "PutUserPolicy",
                Map.of("UserName", "jenkins", "PolicyName", "assume", "PolicyDocument", policy("sts:AssumeRole")));
        user = client.iam("CreateAccessKey", Map.of("UserName", "jenkins"));
        client.iam("CreateRole", Map.of("RoleName", "deployer", "AssumeRolePolicyDocument", TRUST));
        client.iam(
                "PutRolePolicy",
                Map.of("RoleName", "deployer", "PolicyName", "list", "PolicyDocument", policy("s3:ListAllMyBuckets")));
        client.enforcePermissions();
    }

    private static String policy(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\"}]}";
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Of the user who may assume the role and nothing else. */
    public String accessKeyId() {
        return MotoClient.element(user, "AccessKeyId");
    }

    public String secretAccessKey() {
        return MotoClient.element(user, "SecretAccessKey");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
