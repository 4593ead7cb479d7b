package io.jenkins.plugins.awssecrets.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/aws-secrets}: the archive of classes that it starts from. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StarterIT {
    private static final String SECRET = "canary-starter-5c1e";

    @TempDir
    Path directory;

    @Test
    void theFirstUseMakesAnArchiveWithoutASecretAndLaterOnesUseIt() throws Exception {
        Path cache = directory.resolve("cache");

        Finished first = get(cache.toString());
        Path archive = onlyFile(cache);
        Object made = Files.readAttributes(archive, "unix:ino").get("ino");
        Finished second = get(cache.toString());

        assertThat(first).isEqualTo(new Finished(0, SECRET, ""));
        assertThat(second).isEqualTo(first);
        assertThat(archive).isNotEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        assertThat(Files.readAttributes(onlyFile(cache), "unix:ino")).containsEntry("ino", made);
        assertThat(new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET);
    }

    @Test
    void withAnEmptySettingThereIsNoArchive() throws Exception {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Files.createFile(cache.resolve("other"));

        assertThat(get("")).isEqualTo(new Finished(0, SECRET, ""));
        assertThat(onlyFile(cache)).hasFileName("other");
    }

    private static Path onlyFile(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private Finished get(String cache) throws Exception {
        try (DemoBackends backends =
                DemoBackends.start(Seed.parse("secretsManager: [{name: ci/a, string: " + SECRET + "}]"))) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                            backends.secretsManager().toString(),
                    "AWS_REGION", "eu-west-1",
                    "AWS_ACCESS_KEY_ID", "demo",
                    "AWS_SECRET_ACCESS_KEY", "demo"));
            environment.put("AWS_SECRETS_JAR", System.getProperty("aws-secrets.jar"));
            environment.put("AWS_SECRETS_CACHE", cache);
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            return Finished.run(
                    directory,
                    environment,
                    List.of(Finished.TOP.resolve("bin/aws-secrets").toString(), "get", "sm:ci/a"));
        }
    }
}
