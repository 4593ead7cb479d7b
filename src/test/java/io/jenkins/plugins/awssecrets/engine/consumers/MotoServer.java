package io.jenkins.plugins.awssecrets.engine.consumers;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private String user;

    private MotoServer(Process process, int port) {
        this.process = process;
        this.port = port;
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
        } catch (IOException | InterruptedException | RuntimeException e) {
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

    private void prepare() throws IOException, InterruptedException {
        send("s3", "PUT", "/" + BUCKET, "");
        iam("CreateUser", Map.of("UserName", "jenkins"));
        iam(
                "PutUserPolicy",
                Map.of("UserName", "jenkins", "PolicyName", "assume", "PolicyDocument", policy("sts:AssumeRole")));
        user = iam("CreateAccessKey", Map.of("UserName", "jenkins"));
        iam("CreateRole", Map.of("RoleName", "deployer", "AssumeRolePolicyDocument", TRUST));
        iam(
                "PutRolePolicy",
                Map.of("RoleName", "deployer", "PolicyName", "list", "PolicyDocument", policy("s3:ListAllMyBuckets")));
        send("iam", "POST", "/moto-api/reset-auth", "0");
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
        return element(user, "AccessKeyId");
    }

    public String secretAccessKey() {
        return element(user, "SecretAccessKey");
    }

    private String iam(String action, Map<String, String> parameters) throws IOException, InterruptedException {
        String more = parameters.entrySet().stream()
                .map(e -> "&" + e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return send("iam", "POST", "/", "Version=2010-05-08&Action=" + action + more);
    }

    /** moto finds the service in the scope of the signature, which it does not check yet. */
    private String send(String service, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .header("Content-Type", path.equals("/") ? "application/x-www-form-urlencoded" : "text/plain")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAADMIN/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("moto refuses " + path + ": " + answer.body());
        }
        return answer.body();
    }

    private static String element(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        if (!matcher.find()) {
            throw new IllegalStateException("moto's answer lacks " + name);
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
