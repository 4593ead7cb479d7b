package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.consumers.MotoClient;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
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

    private final URI server;
    private final MotoClient client;
    private final String suffix = UUID.randomUUID().toString();

    MotoAws(URI server) {
        this.server = server;
        this.client = new MotoClient(server);
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
        client.iam("CreateUser", Map.of("UserName", user));
        client.iam("PutUserPolicy", Map.of("UserName", user, "PolicyName", "assume", "PolicyDocument", ASSUME));
        String key = client.iam("CreateAccessKey", Map.of("UserName", user));
        return AwsPeer.credentials(MotoClient.element(key, "AccessKeyId"), MotoClient.element(key, "SecretAccessKey"));
    }

    @Override
    public String readerRole() {
        String role = "reader-" + suffix;
        String created = client.iam("CreateRole", Map.of("RoleName", role, "AssumeRolePolicyDocument", ANYBODY));
        client.iam("PutRolePolicy", Map.of("RoleName", role, "PolicyName", "read", "PolicyDocument", READ));
        return MotoClient.element(created, "Arn");
    }

    @Override
    public String steppingRole() {
        String role = "stepping-" + suffix;
        String created = client.iam("CreateRole", Map.of("RoleName", role, "AssumeRolePolicyDocument", ANYBODY));
        client.iam("PutRolePolicy", Map.of("RoleName", role, "PolicyName", "assume", "PolicyDocument", ASSUME));
        return MotoClient.element(created, "Arn");
    }

    @Override
    public void enforcePermissions() {
        client.enforcePermissions();
    }

    /** moto refuses in an XML of its own, whichever protocol it was asked by: to the SDK, an answer without a code. */
    @Override
    public Problem told(Problem refusal) {
        return Problem.UNREACHABLE;
    }

    @Override
    public void close() {
        client.allowEverything();
    }
}
