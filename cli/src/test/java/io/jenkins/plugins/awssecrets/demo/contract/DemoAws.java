package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** The demo backends, which enforce permissions always. */
final class DemoAws implements AwsPeer {
    private final DemoBackends backends = DemoBackends.start(Seed.parse("""
                    aws:
                      accessKeys:
                        - { id: AKIAADMIN, secret: admin-secret, user: admin }
                        - { id: AKIANOBODY, secret: nobody-secret, user: nobody, policies: [assume] }
                      roles:
                        - arn: arn:aws:iam::123456789012:role/reader
                          trusts:
                            - arn:aws:iam::123456789012:user/nobody
                            - arn:aws:sts::123456789012:assumed-role/stepping/*
                          policies: [read]
                        - arn: arn:aws:iam::123456789012:role/stepping
                          trusts: ["arn:aws:iam::123456789012:user/nobody"]
                          policies: [assume]
                      policies:
                        assume:
                          - { allow: ["sts:AssumeRole"] }
                        read:
                          - allow: ["ssm:GetParameter*", "secretsmanager:GetSecretValue"]
                            on: ["arn:aws:ssm:*:*:parameter/allowed/*", "arn:aws:secretsmanager:*:*:secret:allowed/*"]
                          - { allow: ["secretsmanager:BatchGetSecretValue"] }
                    """));

    @Override
    public URI ssm() {
        return backends.ssm();
    }

    @Override
    public URI secretsManager() {
        return backends.secretsManager();
    }

    @Override
    public URI sts() {
        return backends.sts();
    }

    @Override
    public AwsCredentials admin() {
        return AwsPeer.credentials("AKIAADMIN", "admin-secret");
    }

    @Override
    public AwsCredentials nobody() {
        return AwsPeer.credentials("AKIANOBODY", "nobody-secret");
    }

    @Override
    public String readerRole() {
        return "arn:aws:iam::123456789012:role/reader";
    }

    @Override
    public String steppingRole() {
        return "arn:aws:iam::123456789012:role/stepping";
    }

    @Override
    public void enforcePermissions() {
        // Always so.
    }

    @Override
    public Problem told(Problem refusal) {
        return refusal;
    }

    @Override
    public void close() {
        backends.close();
    }
}
