package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.cli.Program;
import io.jenkins.plugins.awssecrets.cli.output.Streams;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Secrets in a demo backend, and the command line that gives them to a tool. */
final class Bench implements AutoCloseable {
    static final String VAULT_TOKEN = "demo-root-token";

    /** What Vault's database engine gives: it makes the account in no database. */
    static final String MADE_USER = "v-ci-readonly-7a1e";

    static final String MADE_PASSWORD = "A1a-made/4711";

    private final DemoBackends backends;
    private final Path configuration;

    /**
     * @param secrets of Secrets Manager, by name
     * @param credentials YAML of {@code credentials}
     */
    Bench(Path directory, Map<String, String> secrets, String credentials) throws IOException {
        ObjectNode seed = JsonNodeFactory.instance.objectNode();
        seed.putObject("aws").putArray("accessKeys").addObject().put("id", "demo");
        ObjectNode vault = seed.putObject("vault");
        vault.put("rootToken", VAULT_TOKEN);
        for (String engine : new String[] {"ssh", "pki"}) {
            ObjectNode mount = vault.withArray("mounts").addObject();
            mount.put("path", engine).put("type", engine).putObject("roles").putObject("ci");
        }
        ObjectNode database = vault.withArray("mounts").addObject();
        database.put("path", "database").put("type", "database");
        database.putObject("roles")
                .putObject("readonly")
                .putObject("fields")
                .put("username", MADE_USER)
                .put("password", MADE_PASSWORD);
        secrets.forEach((name, value) ->
                seed.withArray("secretsManager").addObject().put("name", name).put("string", value));
        backends = DemoBackends.start(Seed.parse(seed.toString()));
        configuration = directory.resolve("aws-secrets.yaml");
        credentials(credentials);
    }

    /** Declares others. */
    void credentials(String credentials) throws IOException {
        credentials("", credentials);
    }

    /** Declares others, and sources besides {@code sm} and {@code vault}. */
    void credentials(String sources, String credentials) throws IOException {
        Files.writeString(
                configuration,
                """
                sources:
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s", stsEndpoint: "%s", accessKeyId: demo, secretAccessKey: demo}
                  - vault: {id: vault, url: "%s", auth: {token: {token: "%s"}}}
                """.formatted(backends.secretsManager(), backends.sts(), backends.vault(), VAULT_TOKEN)
                        + sources + "credentials:\n" + credentials);
    }

    DemoBackends backends() {
        return backends;
    }

    /** What a command with a credential prints; it must succeed. */
    String exec(String credential, String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        int status = new Program(
                        new Streams(new ByteArrayInputStream(new byte[0]), out, err, false, false), environment)
                .run(
                        "--config",
                        configuration.toString(),
                        "exec",
                        "--credential",
                        credential,
                        "--",
                        "sh",
                        "-c",
                        script);
        assertThat(status).as(out + "\n" + err).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        backends.close();
    }
}
