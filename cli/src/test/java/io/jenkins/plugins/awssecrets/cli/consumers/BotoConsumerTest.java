package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.consumers.MotoServer;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AWS' command line and boto3 against moto, which enforces who may do what: the login of the source, and the role. */
@Timeout(300)
class BotoConsumerTest {
    @TempDir
    Path directory;

    private Path who;
    private Path list;
    private MotoServer moto;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        who = Files.writeString(directory.resolve("who.py"), """
            import boto3, sys
            print(boto3.client("sts", endpoint_url=sys.argv[1]).get_caller_identity()["Arn"])
            """);
        list = Files.writeString(directory.resolve("list.py"), """
            import boto3, botocore.exceptions, sys
            try:
                print([bucket["Name"] for bucket in boto3.client("s3", endpoint_url=sys.argv[1]).list_buckets()["Buckets"]])
            except botocore.exceptions.ClientError as refused:
                print(refused.response["Error"]["Code"])
            """);
        MotoServer.need();
        moto = MotoServer.start();
        bench = bench();
    }

    @AfterEach
    void stop() {
        if (bench != null) {
            bench.close();
        }
        if (moto != null) {
            moto.close();
        }
    }

    @Test
    void boto3WorksWithStoredKeysAsFarAsTheirUserMay() throws Exception {
        Tool.needModule("boto3");
        assertThat(bench.exec("stored", python(who))).isEqualTo("arn:aws:iam::123456789012:user/jenkins\n");
        assertThat(bench.exec("stored", python(list))).isEqualTo("AccessDenied\n");
    }

    @Test
    void boto3WorksAsTheRoleByVariablesAndByTheFileAlone() throws Exception {
        Tool.needModule("boto3");
        for (String without : new String[] {"", "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN; "}) {
            assertThat(bench.exec("role", without + python(who)))
                    .startsWith("arn:aws:sts::123456789012:assumed-role/deployer/");
            assertThat(bench.exec("role", without + python(list))).isEqualTo("['" + MotoServer.BUCKET + "']\n");
        }
    }

    @Test
    void awsListsBucketsByRole() throws Exception {
        Tool.need("aws");
        String command = "AWS_PAGER= AWS_DEFAULT_REGION=$AWS_REGION aws s3 ls --endpoint-url " + moto.address();
        assertThat(bench.exec("role", command)).endsWith(" " + MotoServer.BUCKET + "\n");
        assertThat(bench.exec("stored", command + " 2>&1 || true")).contains("AccessDenied");
    }

    /** Of the variables for a region boto3 reads one alone, and it is not that of the credential. */
    private String python(Path script) {
        return "AWS_DEFAULT_REGION=$AWS_REGION python3 " + script + " " + moto.address();
    }

    private Bench bench() throws Exception {
        Bench bench = new Bench(
                directory,
                Map.of(
                        "key",
                        JsonTree.object()
                                .put("accessKeyId", moto.accessKeyId())
                                .put("secretAccessKey", moto.secretAccessKey())
                                .put("region", "eu-west-1")
                                .toString()),
                "");
        bench.credentials("""
              - secretsManager: {id: moto, region: eu-west-1, endpoint: "%1$s", stsEndpoint: "%1$s", accessKeyId: "%2$s", secretAccessKey: "%3$s"}
            """.formatted(moto.address(), moto.accessKeyId(), moto.secretAccessKey()), """
                  - aws: {id: stored, from: "sm:key"}
                  - aws: {id: role, region: eu-west-1, role: {source: moto, roleArn: "%s"}}
                """.formatted(
                        MotoServer.ROLE));
        return bench;
    }
}
