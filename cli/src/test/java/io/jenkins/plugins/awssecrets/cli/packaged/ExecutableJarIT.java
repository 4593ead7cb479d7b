package io.jenkins.plugins.awssecrets.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one file that is shipped: that its manifest is right and nothing is missing in it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutableJarIT {
    private static final String JAR = System.getProperty("aws-secrets.jar");

    @TempDir
    Path directory;

    @Test
    void itTellsItsVersion() throws Exception {
        Finished finished = jar(Map.of(), "--version");

        assertThat(finished.status()).isZero();
        assertThat(finished.out()).contains(System.getProperty("aws-secrets.version"));
    }

    @Test
    void itReadsFromEachOfTheThreeBackends() throws Exception {
        try (DemoBackends backends = backends()) {
            Finished finished = jar(
                    environment(backends),
                    "exec",
                    "--secret",
                    "A=ssm:/ci/a",
                    "--secret",
                    "B=sm:ci/b",
                    "--secret",
                    "C=vault:secret/ci/c",
                    "--",
                    "sh",
                    "-c",
                    "test \"$A$B$C\" = canary-ocanary-pcanary-q && echo $A $B $C");

            assertThat(finished).isEqualTo(new Finished(0, "**** **** ****\n", ""));
        }
    }

    @Test
    void aCommandDoesNotGetTheSessionTokenOfOtherKeys() throws Exception {
        Path config = Files.writeString(
                directory.resolve("keys.yaml"),
                "credentials:\n  - aws: { id: deploy, accessKeyId: 'ssm:/ci/a', secretAccessKey: 'sm:ci/b' }\n");
        try (DemoBackends backends = backends()) {
            Map<String, String> environment = environment(backends);
            environment.put("CLOUD_SESSION_TOKEN", "of-other-keys");
            environment.put("CLOUD_REGION", "eu-west-1");
            Finished finished = jar(
                    environment,
                    "--config",
                    config.toString(),
                    "exec",
                    "--credential",
                    "deploy=CLOUD",
                    "--",
                    "sh",
                    "-c",
                    "echo $CLOUD_SECRET_ACCESS_KEY ${CLOUD_SESSION_TOKEN-none} $CLOUD_REGION");

            assertThat(finished).isEqualTo(new Finished(0, "**** none eu-west-1\n", ""));
        }
    }

    @Test
    void itReadsPrivateKeysOfEveryFormatThoughItHasAPartOfBouncyCastleOnly() throws Exception {
        Path config = Files.writeString(directory.resolve("keys.yaml"), """
                credentials:
                  - sshKey: { id: a, privateKey: "sm:ci/a", passphrase: "sm:ci/passphrase" }
                  - sshKey: { id: b, privateKey: "sm:ci/b" }
                  - sshKey: { id: c, privateKey: "sm:ci/c" }
                  - sshKey: { id: d, privateKey: "sm:ci/d", passphrase: "sm:ci/passphrase" }
                """);
        try (DemoBackends backends = DemoBackends.start(Seed.parse("""
                secretsManager:
                  - { name: ci/a, string: "%s" }
                  - { name: ci/b, string: "%s" }
                  - { name: ci/c, string: "%s" }
                  - { name: ci/d, string: "%s" }
                  - { name: ci/passphrase, string: "%s" }
                """.formatted(
                        TestKeys.base64(TestKeys.encryptedTraditional(TestKeys.rsa())),
                        TestKeys.base64(TestKeys.traditional(TestKeys.ec("secp384r1"))),
                        TestKeys.base64(TestKeys.pkcs8(TestKeys.ed25519())),
                        TestKeys.base64(TestKeys.encryptedPkcs8(TestKeys.rsa())),
                        TestKeys.PASSPHRASE)))) {
            List<String> arguments = new ArrayList<>(List.of("--config", config.toString(), "exec"));
            for (String id : List.of("a", "b", "c", "d")) {
                arguments.addAll(List.of("--credential", id));
            }
            arguments.addAll(List.of(
                    "--",
                    "sh",
                    "-c",
                    "head -qn1 $A_KEY_FILE $B_KEY_FILE $C_KEY_FILE $D_KEY_FILE | cut -d- -f6 | sort"));

            assertThat(jar(environment(backends), arguments.toArray(String[]::new)))
                    .isEqualTo(new Finished(
                            0,
                            "BEGIN EC PRIVATE KEY\nBEGIN ENCRYPTED PRIVATE KEY\nBEGIN OPENSSH PRIVATE KEY\n"
                                    + "BEGIN RSA PRIVATE KEY\n",
                            ""));
        }
    }

    @Test
    void itsManifestLetsEveryByteOfAValuePassUnderAnyLocale() throws Exception {
        try (DemoBackends backends = backends()) {
            Map<String, String> environment = environment(backends);
            environment.put("LC_ALL", "C");
            Path seen = directory.resolve("seen");

            Finished finished = jar(
                    environment, "exec", "--secret", "V=sm:ci/accents", "--", "sh", "-c", "printf %s \"$V\" > " + seen);

            assertThat(finished).isEqualTo(new Finished(0, "", ""));
            assertThat(Files.readAllBytes(seen)).isEqualTo("pässwörd €".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void itsManifestKeepsTheOutputOfProcessesThatOutliveTheCommand() throws Exception {
        Finished finished = jar(Map.of(), "exec", "--", "sh", "-c", "sleep 1; (sleep 0.3; echo late) & echo early");

        assertThat(finished).isEqualTo(new Finished(0, "early\nlate\n", ""));
    }

    @Test
    void theLicencesAreInItAndNoSignatureOrModuleOfALibrary() throws Exception {
        try (JarFile jar = new JarFile(JAR)) {
            assertThat(jar.stream().map(JarEntry::getName).toList())
                    .noneMatch(
                            name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)") || name.endsWith("module-info.class"))
                    .contains("META-INF/LICENSE.md", "META-INF/LICENSE", "META-INF/NOTICE");
        }
    }

    private static DemoBackends backends() {
        return DemoBackends.start(Seed.parse("""
                ssm: [{name: /ci/a, value: canary-o}]
                secretsManager: [{name: ci/b, string: canary-p}, {name: ci/accents, string: "pässwörd €"}]
                vault: {mounts: [{path: secret, type: kv, version: 2, secrets: [{path: ci/c, data: {c: canary-q}}]}]}
                """));
    }

    private static Map<String, String> environment(DemoBackends backends) {
        return new java.util.HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_SSM", backends.ssm().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", backends.secretsManager().toString(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "demo",
                "AWS_SECRET_ACCESS_KEY", "demo",
                "VAULT_ADDR", backends.vault().toString(),
                "VAULT_TOKEN", "demo-root-token"));
    }

    private Finished jar(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR));
        command.addAll(List.of(arguments));
        return Finished.run(directory, environment, command);
    }
}
