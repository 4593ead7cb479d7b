package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What AWS' tools read in a block: its profiles, and what their user has beside them. */
class AwsHomeTest {
    @TempDir
    Path home;

    private final AwsProfiles profiles = new AwsProfiles();
    private final Path files = Path.of("/private");

    @BeforeEach
    void add() {
        profiles.add(new AwsProfiles.Profile("aws-secrets-aws", "aws/AWS.json", Optional.of("eu-west-1"), true));
    }

    @Test
    void withoutAFileOfTheUsersThereAreTheBlocksProfilesAlone() throws IOException {
        profiles.add(new AwsProfiles.Profile("aws-secrets-prod", "aws/PROD.json", Optional.empty(), false));

        assertThat(text("")).isEqualTo("""
            [profile aws-secrets-aws]
            region = eu-west-1
            credential_process = cat '/private/aws/AWS.json'
            [default]
            region = eu-west-1
            credential_process = cat '/private/aws/AWS.json'
            [profile aws-secrets-prod]
            credential_process = cat '/private/aws/PROD.json'
            """);
    }

    @Test
    void settingsAndOtherProfilesOfTheUserGoOnToCount() throws IOException {
        Files.createDirectory(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), """
            # of the image
            [default]
            output = json
            region = us-east-1
            s3 =
              max_concurrent_requests = 20
            role_arn = arn:aws:iam::1:role/agent
            credential_source = Ec2InstanceMetadata
            [profile  other]
            region = eu-central-1
            credential_process = /opt/other
            """);

        assertThat(text("")).isEqualTo("""
            # of the image
            [default]
            output = json
            s3 =
              max_concurrent_requests = 20
            region = eu-west-1
            credential_process = cat '/private/aws/AWS.json'
            [profile other]
            region = eu-central-1
            credential_process = /opt/other
            [profile aws-secrets-aws]
            output = json
            s3 =
              max_concurrent_requests = 20
            region = eu-west-1
            credential_process = cat '/private/aws/AWS.json'
            """);
    }

    @Test
    void theFileThatIsConfiguredIsReadAndABlockAroundIsReplaced() throws IOException {
        Path around = Files.writeString(
                home.resolve("around"),
                "[profile aws-secrets-aws]\r\ncredential_process = cat '/outer'\r\n[default]\r\noutput = text\r\n");

        assertThat(text(around.toString()))
                .contains("output = text\n", "'/private/aws/AWS.json'")
                .doesNotContain("/outer");
    }

    @Test
    void aPathIsQuotedForShellsAndForThoseThatSplitItThemselves() {
        assertThat(AwsHome.print(Path.of("/a b/it's $HOME"))).isEqualTo("cat '/a b/it'\\''s $HOME'");
    }

    private String text(String configured) throws IOException {
        SecretValue rows = profiles.content();
        return new AwsHome(configured, home.toString(), "").with(rows, files).reveal();
    }
}
