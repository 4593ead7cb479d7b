package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.engine.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * moto in server mode: https://docs.getmoto.org. One server has all services; IAM is enforced from the moment its
 * {@code reset-auth} says so, and signatures are checked with it.
 */
final class MotoAws implements AwsPeer {
    private static final String ANYBODY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}""";
    private static final String ASSUME = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""";
    private static final String READ = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*",
            "Action":["ssm:GetParameter","ssm:GetParameters","secretsmanager:GetSecretValue",
            "secretsmanager:BatchGetSecretValue"]}]}""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String suffix = UUID.randomUUID().toString();

    MotoAws(URI server) {
        this.server = server;
    }

    @Override
    public URI ssm() {
        return server;
    }

    @Override
    public URI secretsManager() {
        return server;
    }

    @Override
    public URI sts() {
        return server;
    }

    @Override
    public AwsCredentials admin() {
        return AwsPeer.credentials("AKIAADMIN", "any");
    }

    @Override
    public AwsCredentials nobody() {
        String user = "nobody-" + suffix;
        iam("CreateUser", Map.of("UserName", user));
        iam("PutUserPolicy", Map.of("UserName", user, "PolicyName", "assume", "PolicyDocument", ASSUME));
        String key = iam("CreateAccessKey", Map.of("UserName", user));
        return AwsPeer.credentials(element(key, "AccessKeyId"), element(key, "SecretAccessKey"));
    }

    @Override
    public String readerRole() {
        String role = "reader-" + suffix;
        String created = iam("CreateRole", Map.of("RoleName", role, "AssumeRolePolicyDocument", ANYBODY));
        iam("PutRolePolicy", Map.of("RoleName", role, "PolicyName", "read", "PolicyDocument", READ));
        return element(created, "Arn");
    }

    @Override
    public String steppingRole() {
        String role = "stepping-" + suffix;
        String created = iam("CreateRole", Map.of("RoleName", role, "AssumeRolePolicyDocument", ANYBODY));
        iam("PutRolePolicy", Map.of("RoleName", role, "PolicyName", "assume", "PolicyDocument", ASSUME));
        return element(created, "Arn");
    }

    @Override
    public void enforcePermissions() {
        post("/moto-api/reset-auth", "0");
    }

    /** moto refuses in an XML of its own, whichever protocol it was asked by: to the SDK, an answer without a code. */
    @Override
    public Problem told(Problem refusal) {
        return Problem.UNREACHABLE;
    }

    @Override
    public void close() {
        post("/moto-api/reset-auth", "Infinity");
    }

    private String iam(String action, Map<String, String> parameters) {
        return post(
                "/",
                "Version=2010-05-08&Action=" + action
                        + parameters.entrySet().stream()
                                .map(e -> "&" + e.getKey() + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining()));
    }

    private String post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", path.equals("/") ? "application/x-www-form-urlencoded" : "text/plain")
                // moto finds the service in the scope of the signature, which it does not check unless told to.
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAADMIN/20260101/us-east-1/iam/aws4_request,"
                                + " SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("moto refuses " + path + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String element(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        if (!matcher.find()) {
            throw new IllegalStateException("moto's answer lacks " + name);
        }
        return matcher.group(1);
    }
}
