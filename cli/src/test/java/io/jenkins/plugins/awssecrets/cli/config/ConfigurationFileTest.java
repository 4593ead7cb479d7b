package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which file is read without being named, and which is not, as somebody else may have written it. */
class ConfigurationFileTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("aws-secrets.yaml"), "sources: []\n");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void theUsersOwnFileInTheUsersOwnDirectoryIsRead() {
        ConfigurationFile found = find(Map.of());

        assertThat(found.path()).contains(file);
        assertThat(found.named()).isFalse();
        assertThat(found.description()).isEqualTo("configuration " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xrwx", "rwxrwxrwx", "rwx----wx"})
    void inADirectoryThatOthersMayWriteToItIsNotRead(String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

        assertNotRead(Map.of(), "others may write to its directory");
    }

    @Test
    void aFileThatOthersMayWriteIsNotRead() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));

        assertNotRead(Map.of(), "others may write it");
    }

    @Test
    void aLinkToAFileThatOthersMayWriteIsNotRead() throws IOException {
        Path target = Files.move(file, directory.resolve("target.yaml"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.createSymbolicLink(file, target);

        assertNotRead(Map.of(), "others may write it");
    }

    @Test
    void aFileOfAnotherUserIsNotRead() throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/proc/1/status"));
        assumeTrue(((Number) Files.getAttribute(file, "unix:uid")).longValue() != new UnixSystem().getUid());

        assertNotRead(Map.of(), "belongs to another user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "woodpecker"})
    void whereCiIsSetItHasToBeNamed(String ci) {
        assertNotRead(Map.of("CI", ci), "CI is set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "false"})
    void whereCiIsSwitchedOffItIsRead(String ci) {
        assertThat(find(Map.of("CI", ci)).path()).contains(file);
    }

    @Test
    void aNamedFileIsReadWhereverItIs() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        ConfigurationFile byVariable = find(Map.of("CI", "true", "AWS_SECRETS_CONFIG", "team.yaml"));
        ConfigurationFile byOption = ConfigurationFile.find(
                Optional.of(Path.of("own.yaml")), Map.of("CI", "true", "AWS_SECRETS_CONFIG", "team.yaml"), directory);

        assertThat(byVariable.named()).isTrue();
        assertThat(byVariable.path()).contains(Path.of("team.yaml"));
        assertThat(byVariable.description()).isEqualTo("configuration team.yaml (of AWS_SECRETS_CONFIG)");
        assertThat(byOption.path()).contains(Path.of("own.yaml"));
    }

    @Test
    void whereThereIsNoneItSaysWhereItWasSearched() throws IOException {
        Files.delete(file);

        assertThat(find(Map.of("CI", "true")).description())
                .isEqualTo("no configuration: neither --config nor AWS_SECRETS_CONFIG names one, and "
                        + directory.toAbsolutePath() + " has no aws-secrets.yaml");
    }

    private void assertNotRead(Map<String, String> environment, String why) {
        assertThatThrownBy(() -> find(environment)).isInstanceOfSatisfying(SecretException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.REFUSED);
            assertThat(e.getMessage()).contains(why).contains("--config aws-secrets.yaml");
        });
    }

    private ConfigurationFile find(Map<String, String> environment) {
        return ConfigurationFile.find(Optional.empty(), environment, directory);
    }
}
