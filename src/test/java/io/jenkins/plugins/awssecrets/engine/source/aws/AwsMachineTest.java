package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the default credentials chain and region take from the machine. */
class AwsMachineTest extends OnAMachine {
    @Test
    void systemPropertiesComeFirst() {
        set("aws.accessKeyId", "AKIAPROPERTY");
        set("aws.secretAccessKey", "canary");
        readsAs(settings(), "AKIAPROPERTY");
    }

    @Test
    void aPodsWebIdentityIsUsedThroughTheSourcesOwnSts() throws IOException {
        set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        set(
                "aws.webIdentityTokenFile",
                Files.writeString(folder.resolve("token"), "canary-pod-token").toString());
        readsAs(settings(), "ASIADEMO");
        assertThat(backends.requests().count(Service.STS, "AssumeRoleWithWebIdentity"))
                .isEqualTo(1);
    }

    @Test
    void aWebIdentityThatIsRefusedIsToldThoughOtherWaysWereTried() throws IOException {
        set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        set(
                "aws.webIdentityTokenFile",
                Files.writeString(folder.resolve("token"), "canary-wrong").toString());
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("web identity token file (", "InvalidIdentityToken", "instance role");
    }

    @Test
    void theProfileIsRead() throws IOException {
        Files.writeString(folder.resolve("credentials"), """
            [default]
            aws_access_key_id = AKIAPROFILE
            aws_secret_access_key = canary
            [other]
            aws_access_key_id = AKIAPROPERTY
            aws_secret_access_key = canary
            """);
        readsAs(settings(), "AKIAPROFILE");
        backends.requests().clear();
        readsAs(settings().withLogin(new AwsLogin.Profile("other")), "AKIAPROPERTY");
    }

    @Test
    void aProfilesProcessGivesTheCredentials() throws IOException {
        Path answer = Files.writeString(folder.resolve("answer"), """
            {"Version": 1, "AccessKeyId": "AKIAPROFILE", "SecretAccessKey": "canary"}\
            """);
        Files.writeString(folder.resolve("config"), "[profile exported]\ncredential_process = cat " + answer + "\n");
        readsAs(settings().withLogin(new AwsLogin.Profile("exported")), "AKIAPROFILE");
    }

    @Test
    void aProfileThatLogsInBySsoIsToldWithTheWayRound() throws IOException {
        Files.writeString(folder.resolve("config"), """
            [profile dev]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Reader
            [sso-session corp]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            """);
        SecretException why = fails(settings().withLogin(new AwsLogin.Profile("dev")));
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("profile dev: it authenticates with SSO");
        assertThat(why.fix())
                .containsAnyOf(
                        "aws sso login --profile dev",
                        "aws configure export-credentials --profile dev --format process");
    }

    @Test
    void aProfileWithNoCredentialsIsToldAsOne() throws IOException {
        Files.writeString(folder.resolve("config"), "[profile empty]\nregion = eu-west-1\n");
        SecretException why = fails(settings().withLogin(new AwsLogin.Profile("empty")));
        assertThat(why.reason()).contains("profile empty: it provides no credentials");
    }

    @Test
    void aDefaultProfileWithoutCredentialsLeavesTheContainersRole() throws IOException {
        aContainersRoleIsThere();
        Files.writeString(folder.resolve("config"), "[default]\nregion = eu-west-1\n");
        readsAs(settings(), "ASIACONTAINER");
    }

    @Test
    void eksPodIdentityIsAskedForWithItsToken() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "canary-pod");
        set("aws.containerCredentialsFullUri", metadataUri() + "/v1/credentials");
        set("aws.containerAuthorizationTokenFile", token.toString());
        metadata.createContext("/v1/credentials", exchange -> {
            try (exchange) {
                boolean known = "canary-pod".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] body = SESSION.formatted("ASIACONTAINER").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
                if (known) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        readsAs(settings(), "ASIACONTAINER");
    }

    @Test
    void anInstanceGivesItsRoleAndItsRegion() {
        set("aws.disableEc2Metadata", "false");
        set("aws.ec2MetadataServiceEndpoint", metadataUri());
        serve("/latest/api/token", "token");
        serve("/latest/meta-data/iam/security-credentials/", "role");
        serve("/latest/meta-data/iam/security-credentials/role", SESSION.formatted("ASIAINSTANCE"));
        serve("/latest/dynamic/instance-identity/document", "{\"region\": \"eu-central-1\"}");
        readsAs(settings(), "ASIAINSTANCE");
        assertThat(new RegionFinder(AwsSettings.DEFAULTS).find().id()).isEqualTo("eu-central-1");
    }

    @Test
    void aMachineWithoutCredentialsIsToldWhereTheyWereLookedFor() {
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason())
                .contains("system properties, environment, web identity token file, profile, container, instance role");
    }

    @Test
    void theRegionComesFromThePropertyOrTheLoginsProfile() throws IOException {
        Files.writeString(folder.resolve("config"), """
            [default]
            region = eu-west-2
            [profile other]
            region = eu-west-3
            """);
        assertThat(new RegionFinder(AwsSettings.DEFAULTS).find().id()).isEqualTo("eu-west-2");
        assertThat(new RegionFinder(AwsSettings.DEFAULTS.withLogin(new AwsLogin.Profile("other")))
                        .find()
                        .id())
                .isEqualTo("eu-west-3");
        set("aws.region", "eu-north-1");
        assertThat(new RegionFinder(AwsSettings.DEFAULTS).find().id()).isEqualTo("eu-north-1");
    }

    @Test
    void anEndpointNeedsNoRegionAndASourceWithoutOneFailsAtItsFirstFetch() {
        AwsSettings none = AwsSettings.DEFAULTS.withLogin(DemoAws.keys("AKIAPROPERTY", "canary"));
        assertThat(new RegionFinder(none.withEndpoint(backends.ssm())).find().id())
                .isEqualTo("us-east-1");
        SecretException why = fails(none);
        assertThat(why.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(why.fix()).contains("set the source's region");
    }
}
