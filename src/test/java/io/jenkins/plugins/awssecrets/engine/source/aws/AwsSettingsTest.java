package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsSettingsTest {
    @Property
    void anyTextMakesASessionNameThatStsTakes(@ForAll String text) {
        assertThat(SessionName.of(text)).matches("[\\w+=,.@-]{2,64}");
    }

    @Test
    void theEndOfALongSessionNameStays() {
        assertThat(SessionName.of("folder/".repeat(20) + "job#1234"))
                .hasSize(64)
                .endsWith("folder-job-1234");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "deploy",
                "arn:aws:iam::12345:role/deploy",
                "arn:aws:iam::123456789012:user/deploy",
                "arn:aws:iam::123456789012:role/de ploy"
            })
    void whatIsNoRolesArnIsRefused(String arn) {
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> AssumeRole.of(arn))
                .withMessageContaining("arn:aws:iam::");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:role/deploy",
                "arn:aws-cn:iam::123456789012:role/a/path/deploy",
                "arn:aws-us-gov:iam::123456789012:role/deploy+x=y"
            })
    void rolesOfEveryPartitionAreTaken(String arn) {
        assertThat(AssumeRole.of(arn).roleArn()).isEqualTo(arn);
    }

    @Test
    void aDurationThatStsDoesNotGrantIsRefused() {
        for (Duration duration : List.of(Duration.ofMinutes(14), Duration.ofHours(13))) {
            assertThatExceptionOfType(SecretException.class)
                    .isThrownBy(() -> new AssumeRole(
                            "arn:aws:iam::123456789012:role/deploy",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(duration)))
                    .withMessageContaining("15 minutes to 12 hours");
        }
    }

    @Test
    void noSecretOfTheSettingsIsInTheirText() {
        AwsSettings settings = AwsSettings.DEFAULTS
                .withLogin(new AwsLogin.StaticKeys(
                        "AKIA", SecretValue.of("canary"), Optional.of(SecretValue.of("canary"))))
                .withProxy(new HttpProxy(
                        "proxy", 3128, Optional.of("user"), Optional.of(SecretValue.of("canary")), List.of()));
        assertThat(settings.toString()).contains("AKIA", "proxy").doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ssm.eu-west-3.amazonaws.com, eu-west-3",
        "https://secretsmanager.cn-north-1.amazonaws.com.cn, cn-north-1",
        "https://ssm-fips.us-gov-west-1.amazonaws.com, us-gov-west-1",
        "https://vpce-0a1b-2c3d.secretsmanager.ap-southeast-2.vpce.amazonaws.com, ap-southeast-2",
        "https://vpce-0a1b-2c3d-eu-west-1a.ssm.eu-west-1.vpce.amazonaws.com, eu-west-1",
        "https://ssm.eu-west-1.api.aws, eu-west-1"
    })
    void theRegionIsFoundInAnEndpointsHost(URI endpoint, String region) {
        assertThat(new RegionFinder(AwsSettings.DEFAULTS.withEndpoint(endpoint))
                        .find()
                        .id())
                .isEqualTo(region);
    }

    @Test
    void theConfiguredRegionGoesBeforeTheEndpoints() {
        AwsSettings settings = AwsSettings.DEFAULTS
                .withEndpoint(URI.create("https://ssm.eu-west-3.amazonaws.com"))
                .withRegion("eu-west-1");
        assertThat(new RegionFinder(settings).find().id()).isEqualTo("eu-west-1");
    }

    @Test
    void arnsTellTheRegionsPartition() {
        for (String[] each : new String[][] {
            {"eu-west-1", "aws"}, {"cn-north-1", "aws-cn"}, {"us-gov-west-1", "aws-us-gov"}, {"local", "aws"}
        }) {
            Place place = Place.of(new RegionFinder(AwsSettings.DEFAULTS.withRegion(each[0])).find(), Optional.empty());
            assertThat(Access.to("ssm:GetParameters", place, "parameter/a").resource())
                    .isEqualTo("arn:" + each[1] + ":ssm:" + each[0] + ":*:parameter/a");
        }
    }

    @Test
    void anEndpointIsNamedWithoutUserPathOrQuery() {
        Place place = Place.of(
                software.amazon.awssdk.regions.Region.EU_WEST_1,
                Optional.of(URI.create("https://user:canary@example.com:8443/canary?canary")));
        assertThat(place).hasToString("in eu-west-1 at https://example.com:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eu-west-1a", "us-east-1f", "us-gov-west-1b", "eu_west_1", "Ireland", "EU (Ireland)", "", "-x"})
    void aZoneOrAnotherSpellingIsNoRegion(String text) {
        assertThat(AwsSettings.isRegionName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu-west-1",
                "us-gov-west-1",
                "cn-north-1",
                "us-iso-east-1",
                "ap-southeast-10",
                "local",
                "elasticmq"
            })
    void aRegionOrAnEmulatorsIsOne(String text) {
        assertThat(AwsSettings.isRegionName(text)).isTrue();
    }
}
