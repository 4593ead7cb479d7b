package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.AwsHome;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.binding.DockerHome;
import io.jenkins.plugins.awssecrets.engine.binding.UserSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFilesTest {
    private static final UserSettings NONE = settings(new DockerHome("/nonexistent", "", ""));

    @TempDir
    Path parent;

    @Test
    void whatDockerKnowsGoesOnToCount(@TempDir Path home) throws IOException {
        Path docker = Files.createDirectory(home.resolve(".docker"));
        Files.writeString(docker.resolve("config.json"), "{\"auths\":{\"other\":{}},\"currentContext\":\"remote\"}");
        Path plugin = Files.writeString(
                Files.createDirectory(docker.resolve("cli-plugins")).resolve("docker-buildx"), "plugin");

        try (PrivateFiles files = PrivateFiles.write(
                List.of(file("DOCKER_CONFIG", true, "docker/config.json", "{\"auths\":{\"ours\":{}}}")),
                List.of(parent),
                settings(new DockerHome("", home.toString(), "")))) {
            Path given = Path.of(files.variables().get("DOCKER_CONFIG"));
            assertThat(given.resolve("config.json"))
                    .content()
                    .contains("\"other\"", "\"ours\"", "\"currentContext\":\"remote\"");
            assertThat(permissions(given.resolve("config.json"))).isEqualTo("rw-------");
            assertThat(given.resolve("cli-plugins/docker-buildx")).hasContent("plugin");
        }

        assertThat(plugin).hasContent("plugin");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void onlyTheOwnerReadsThemAndClosingRemovesThem() throws IOException {
        PrivateFiles files = PrivateFiles.write(
                List.of(
                        file("KEY", false, "KEY/id_rsa", "key"),
                        file("DOCKER_CONFIG", true, "docker/config.json", "{}")),
                List.of(parent),
                NONE);

        Path key = Path.of(files.variables().get("KEY"));
        Path docker = Path.of(files.variables().get("DOCKER_CONFIG"));
        assertThat(key).hasContent("key").hasParent(docker.resolveSibling("KEY"));
        assertThat(docker.resolve("config.json")).hasContent("{}");
        for (Path directory : List.of(docker, docker.getParent(), key.getParent())) {
            assertThat(permissions(directory)).isEqualTo("rwx------");
        }
        assertThat(permissions(key)).isEqualTo("rw-------");
        assertThat(permissions(docker.resolve("config.json"))).isEqualTo("rw-------");

        files.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void noFilesIsNoDirectory() {
        try (PrivateFiles files = PrivateFiles.write(List.of(), List.of(parent), NONE)) {
            assertThat(files.variables()).isEmpty();
            assertThat(parent).isEmptyDirectory();
        }
    }

    @Test
    void whatTheCommandPutThereGoesToo() throws IOException {
        PrivateFiles files = PrivateFiles.write(List.of(file("A", false, "A/a", "x")), List.of(parent), NONE);
        Path directory = Path.of(files.variables().get("A")).getParent();
        Files.createDirectories(directory.resolve("more/and/more"));
        Files.writeString(directory.resolve("more/and/more/file"), "x");
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "x");
        Files.createSymbolicLink(directory.resolve("link"), elsewhere);

        files.close();

        assertThat(parent)
                .isDirectoryContaining(p -> p.equals(elsewhere))
                .isDirectoryNotContaining("glob:**aws-secrets*");
        assertThat(elsewhere.resolve("kept")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "/tmp/out", ".", "a/.."})
    void aPathThatLeadsOutIsRefusedAndNothingStays(String path) {
        assertThatThrownBy(() -> PrivateFiles.write(
                        List.of(file("A", false, "A/a", "value-canary"), file("B", false, path, "value-canary")),
                        List.of(parent),
                        NONE))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("private files")
                .message()
                .doesNotContain("canary");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void theNextPlaceIsTakenWhereOneRefuses() {
        try (PrivateFiles files = PrivateFiles.write(
                List.of(file("A", false, "A/a", "x")), List.of(parent.resolve("none"), parent), NONE)) {
            assertThat(Path.of(files.variables().get("A"))).startsWith(parent).exists();
        }
        assertThatThrownBy(() -> PrivateFiles.write(
                        List.of(file("A", false, "A/a", "x")), List.of(parent.resolve("none")), NONE))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("mode 0700");
    }

    @Test
    void thePlacesInMemoryComeFirst() {
        assertThat(PrivateFiles.places(Map.of("XDG_RUNTIME_DIR", parent.toString())))
                .startsWith(parent)
                .endsWith(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(PrivateFiles.places(Map.of("XDG_RUNTIME_DIR", "relative")))
                .doesNotContain(Path.of("relative"))
                .isNotEmpty();
    }

    private static UserSettings settings(DockerHome docker) {
        return new UserSettings(docker, new AwsHome("/nonexistent", "", ""));
    }

    private static BoundFile file(String variable, boolean directory, String path, String content) {
        return new BoundFile(variable, directory, path, SecretValue.of(content));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
