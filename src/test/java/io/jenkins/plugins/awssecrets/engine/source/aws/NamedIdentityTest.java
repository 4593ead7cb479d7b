package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity that is named, or set up, is the one used, or the call fails: what else the machine offers is not. */
class NamedIdentityTest extends OnAMachine {
    @Test
    void aNamedProfileThatIsAbsentIsNotReplacedByTheContainersRole() {
        aContainersRoleIsThere();
        set("aws.profile", "nope");
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason()).contains("profile nope is not in " + folder.resolve("config"));
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aSourcesOwnProfileThatIsAbsentIsToldAlike() {
        aContainersRoleIsThere();
        SecretException why = fails(settings().withLogin(new AwsLogin.Profile("nope")));
        assertThat(why.reason()).contains("profile nope is not in " + folder.resolve("config"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "named"})
    void aProfileWhoseProcessFailsIsNotReplacedByTheContainersRole(String name) throws IOException {
        aContainersRoleIsThere();
        Files.writeString(
                folder.resolve("config"),
                (name.isEmpty() ? "[default]" : "[profile named]")
                        + "\ncredential_process = sh -c 'echo canary; echo canary >&2; exit 3'\n");
        if (!name.isEmpty()) {
            set("aws.profile", name);
        }
        SecretException why = fails(settings());
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.reason())
                .contains(
                        "profile (its credential_process failed)",
                        "not tried, as this one is configured: container, instance role");
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region = eu-west-1",
                "aws_access_key_id = AKIAPROFILE",
                "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = gone",
                "sso_session = gone"
            })
    void aNamedProfileThatGivesNothingIsNotReplacedByTheContainersRole(String content) throws IOException {
        aContainersRoleIsThere();
        Files.writeString(folder.resolve("config"), "[profile named]\n" + content + "\n");
        set("aws.profile", "named");
        assertThat(fails(settings()).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aWebIdentityThatFailsIsNotReplacedByTheContainersRole() {
        aContainersRoleIsThere();
        set("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        set("aws.webIdentityTokenFile", folder.resolve("gone").toString());
        assertThat(fails(settings()).reason()).contains("web identity token file (", "cannot be read");
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aContainersRoleThatFailsIsNotReplacedByTheInstances() {
        set("aws.disableEc2Metadata", "false");
        set("aws.ec2MetadataServiceEndpoint", metadataUri());
        serve("/latest/api/token", "token");
        serve("/latest/meta-data/iam/security-credentials/", "role");
        serve("/latest/meta-data/iam/security-credentials/role", SESSION.formatted("ASIAINSTANCE"));
        set("aws.containerCredentialsFullUri", metadataUri() + "/gone");
        assertThat(fails(settings()).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credential_process = /no/such/program",
                "credential_process = echo canary",
                "credential_process = echo {}",
                "web_identity_token_file = /no/such/token\nrole_arn = arn:aws:iam::123456789012:role/x",
                "role_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Environment",
                "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = named",
                "",
            })
    void whateverFailsInANamedProfileNothingElseIsUsed(String content) throws IOException {
        aContainersRoleIsThere();
        Files.writeString(folder.resolve("config"), "[profile named]\n" + content + "\n");
        set("aws.profile", "named");
        assertThat(fails(settings()).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(fails(settings().withLogin(new AwsLogin.Profile("named"))).problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[nope]", "[profile Nope]", "[profile nope2]", "# [profile nope]"})
    void aSectionThatIsNotTheProfilesIsNone(String section) throws IOException {
        aContainersRoleIsThere();
        Files.writeString(
                folder.resolve("config"), section + "\naws_access_key_id = A\naws_secret_access_key = canary\n");
        set("aws.profile", "nope");
        assertThat(fails(settings()).reason()).contains("profile nope is not in " + folder.resolve("config"));
        assertThat(backends.requests().to(Service.SSM)).isEmpty();
    }

    @Test
    void aContainersRoleThatFailsIsToldAsTheOneThatIsSetUp() {
        set("aws.containerCredentialsFullUri", metadataUri() + "/gone");
        SecretException why = fails(settings());
        assertThat(why.reason()).contains("container (its endpoint gave no credentials)", "not tried");
        assertThat(why.fix()).contains("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    }

    /** Vault's AWS authentication method signs with them. */
    @Test
    void credentialsForOthersAreThoseThatASourceWouldUse() throws IOException {
        aContainersRoleIsThere();
        assertThat(LoginCredentials.of(new AwsLogin.DefaultChain(), "eu-west-1")
                        .resolveCredentials()
                        .accessKeyId())
                .isEqualTo("ASIACONTAINER");
        Files.writeString(folder.resolve("config"), """
            [profile keys]
            aws_access_key_id = AKIAPROFILE
            aws_secret_access_key = canary
            [profile broken]
            credential_process = sh -c 'echo canary; exit 3'
            """);
        set("aws.profile", "keys");
        assertThat(LoginCredentials.of(new AwsLogin.DefaultChain(), "eu-west-1")
                        .resolveCredentials()
                        .accessKeyId())
                .isEqualTo("AKIAPROFILE");
        for (String name : List.of("nope", "broken")) {
            set("aws.profile", name);
            for (AwsLogin login : List.of(new AwsLogin.DefaultChain(), new AwsLogin.Profile(name))) {
                assertThatThrownBy(() -> LoginCredentials.of(login, "eu-west-1").resolveCredentials())
                        .isInstanceOfSatisfying(SecretException.class, why -> {
                            assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
                            assertThat(EveryText.of(why)).contains(name).doesNotContain("canary");
                        });
            }
        }
    }
}
