package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tools print while a database, a Docker, an AWS and a kubeconfig credential are bound: the logs are about the same
 * database, registry, region and cluster, and no byte of them is masked that is not of a secret field.
 */
class OrdinaryLogsTest {
    private static final long LOG_BYTES = 64L << 20;

    private static final String PASSWORD = "canary $pass'word-1";
    private static final String DOCKER_PASSWORD = "canary-docker-P@ss";
    private static final String ACCESS_KEY = "AKIACANARY7QZ81LMNBV";
    private static final String SECRET_KEY = "canary/wJalrXUtnFEMI+K7MDENG/bPxRfiCYKEY";
    private static final String TOKEN = "canary-eyJhbGciOiJSUzI1NiIsImtpZCI6Ik5vcmRoYWZlbiJ9";

    private static final String KUBECONFIG = """
        apiVersion: v1
        kind: Config
        preferences: {}
        current-context: production
        clusters:
        - name: production
          cluster:
            server: https://10.20.30.40:6443
            certificate-authority-data: %s
        contexts:
        - name: production
          context:
            cluster: production
            namespace: orders
            user: deployer
        users:
        - name: deployer
          user:
            token: %s
        """;

    static Stream<String> tools() {
        return Stream.of("ansible", "docker", "git", "gradle", "kubectl", "mvn", "npm", "psql", "pytest", "terraform");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aLogOfATool(String tool) {
        String log = new String(log(tool), StandardCharsets.UTF_8);

        assertThat(masker().mask(log).lines())
                .containsExactlyElementsOf(log.lines().toList());
    }

    @Test
    void in64MebibytesOfThemTheSecretsAloneAreMasked() throws IOException {
        List<byte[]> logs = tools().map(OrdinaryLogsTest::log).toList();
        byte[] secrets = line(PASSWORD, DOCKER_PASSWORD, ACCESS_KEY, SECRET_KEY, TOKEN);
        byte[] hidden = line("****", "****", "****", "****", "****");
        CheckedOutputStream expected = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        CheckedOutputStream actual = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        try (MaskingOutputStream out = new MaskingOutputStream(actual, masker())) {
            for (long written = 0; written < LOG_BYTES; ) {
                for (byte[] log : logs) {
                    expected.write(log);
                    out.write(log);
                    expected.write(hidden);
                    out.write(secrets);
                    written += log.length + secrets.length;
                }
            }
        }

        assertThat(actual.getChecksum().getValue())
                .isEqualTo(expected.getChecksum().getValue());
    }

    private static byte[] line(String... texts) {
        return ("\nthe secrets are " + String.join(" and ", texts) + ".\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] log(String tool) {
        try (InputStream log = OrdinaryLogsTest.class.getResourceAsStream("/engine/masking/logs/" + tool + ".log")) {
            return Objects.requireNonNull(log, tool).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Masker masker() {
        Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
        BindingPlan plan = new BindingPlan();
        bind(plan, payloads, Kinds.DATABASE, "prod/orders", Map.of("from", "sm:prod/orders"), """
            {"engine": "postgres", "host": "orders.db.example.com", "port": 5432, "dbname": "orders",
             "username": "orders_app", "password": "%s", "dbInstanceIdentifier": "orders",
             "masterarn": "arn:aws:rds:eu-west-1:123456789012:db:orders"}\
            """.formatted(PASSWORD));
        bind(
                plan,
                payloads,
                Kinds.DOCKER_REGISTRY,
                "ci/docker",
                Map.of(
                        "registry",
                        "registry.example.com",
                        "username",
                        "sm:ci/docker#username",
                        "password",
                        "sm:ci/docker#password"),
                "{\"registry\": \"registry.example.com\", \"username\": \"ci-robot\", \"password\": \""
                        + DOCKER_PASSWORD + "\"}");
        bind(
                plan,
                payloads,
                Kinds.AWS,
                "deploy",
                Map.of("from", "sm:deploy"),
                "{\"accessKeyId\": \"" + ACCESS_KEY + "\", \"secretAccessKey\": \"" + SECRET_KEY
                        + "\", \"region\": \"eu-west-1\"}");
        for (int certificate : List.of(40, 1400)) {
            String name = "kubeconfig-" + certificate;
            bind(
                    plan,
                    payloads,
                    Kinds.FILE,
                    name,
                    Map.of("content", "sm:" + name, "fileName", "config"),
                    KUBECONFIG.formatted("LS0tLS1CRUdJTi7Q".repeat(certificate / 16), TOKEN));
        }
        return Masker.of(new ArrayList<>(plan.bind(new Snapshot(payloads)).secrets()));
    }

    private static void bind(
            BindingPlan plan,
            Map<Locator, SecretPayload> payloads,
            CredentialKind kind,
            String name,
            Map<String, String> fields,
            String secret) {
        payloads.put(
                Reference.parse("sm:" + name).locator(), SecretPayload.text(SecretValue.of(secret), Optional.of("1")));
        plan.credential(
                new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER)).parse(name, kind, "", fields, false),
                kind.equals(Kinds.FILE)
                        ? Optional.of(name.replace('-', '_').toUpperCase(java.util.Locale.ROOT))
                        : Optional.empty());
    }
}
