package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.Streams;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code training-run}: loads what the everyday commands load, for the JVM to keep in an archive. It asks demo backends
 * of its own, so that no secret of a user is in the memory that the archive is made of.
 */
@Command(name = "training-run", hidden = true, description = "Loads the classes of the everyday commands.")
final class TrainingRunCommand implements Callable<Integer> {
    private static final String SEED = """
        ssm: [{name: /ci/user, value: training}]
        secretsManager: [{name: ci/docker, string: '{"password": "training"}'}]
        vault: {mounts: [{path: secret, type: kv, version: 2, secrets: [{path: ci/db, data: {password: training}}]}]}
        """;
    private static final String CONFIGURATION = """
        sources:
          - ssm: {region: eu-west-1, endpoint: "%s"}
          - secretsManager: {region: eu-west-1, endpoint: "%s"}
          - vault: {url: "%s", auth: {token: {token: "%s"}}}
        credentials:
          - dockerRegistry: {id: hub, registry: registry.example, username: "ssm:/ci/user", password: "sm:ci/docker#password"}
        """;
    private static final List<List<String>> RUNS = List.of(
            List.of("get", "ssm:/ci/user"),
            List.of("get", "sm:ci/docker#password"),
            List.of("get", "vault:secret/ci/db#password"),
            List.of("exec", "--credential", "hub", "--", "true"),
            List.of("list"),
            List.of("--help"));

    @Override
    public Integer call() throws IOException {
        Seed seed = Seed.parse(SEED);
        Path file = Files.createTempFile("aws-secrets-training", ".yaml");
        int worst = ExitCode.OK;
        try (DemoBackends backends = DemoBackends.start(seed)) {
            Files.writeString(
                    file,
                    CONFIGURATION.formatted(
                            backends.ssm(),
                            backends.secretsManager(),
                            backends.vault(),
                            seed.vault().rootToken()));
            for (List<String> run : RUNS) {
                worst = Math.max(worst, run(file, run));
            }
        } finally {
            Files.delete(file);
        }
        return worst;
    }

    private static int run(Path file, List<String> words) {
        String[] arguments = Stream.concat(Stream.of("--config", file.toString()), words.stream())
                .toArray(String[]::new);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream(),
                false,
                false);
        return new Program(streams, Map.of()).run(arguments);
    }
}
