package io.jenkins.plugins.awssecrets.cli.setup;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.demo.seed.SeedMistake;
import io.jenkins.plugins.awssecrets.engine.FileFailure;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo-backends}: something to try the program with, on this machine alone. */
@Command(
        name = "demo-backends",
        description = "Serves Parameter Store, Secrets Manager, STS and Vault on loopback until stopped.")
public final class DemoBackendsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--seed", paramLabel = "FILE", description = "What they contain, as YAML (default: nothing).")
    private Path seedFile;

    @Option(
            names = "--write-env",
            paramLabel = "FILE",
            description = "Write the variables to FILE once the backends listen, for a shell to read.")
    private Path environmentFile;

    public DemoBackendsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Seed seed = seed();
        try (DemoBackends backends = DemoBackends.start(seed)) {
            String exports = exports(backends, seed);
            OutputStream out = invocation.streams().out();
            out.write(("# Demo backends are listening; to use them:\n" + exports).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (environmentFile != null) {
                write(environmentFile, exports);
            }
            awaitEnd();
        }
        return ExitCode.OK;
    }

    /** The variables that the AWS SDKs and Vault's own command line read, so that any client finds the backends. */
    private static String exports(DemoBackends backends, Seed seed) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL_SSM", backends.ssm().toString());
        variables.put(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", backends.secretsManager().toString());
        variables.put("AWS_ENDPOINT_URL_STS", backends.sts().toString());
        variables.put("AWS_ENDPOINT_URL_ECR", backends.ecr().toString());
        variables.put("AWS_REGION", seed.aws().region());
        AwsSeed.AccessKey key = seed.aws().accessKeys().stream().findFirst().orElse(null);
        variables.put("AWS_ACCESS_KEY_ID", key == null ? "demo" : key.id());
        variables.put(
                "AWS_SECRET_ACCESS_KEY", key == null ? "demo" : key.secret().orElse("demo"));
        if (key != null) {
            key.sessionToken().ifPresent(token -> variables.put("AWS_SESSION_TOKEN", token));
        }
        variables.put("VAULT_ADDR", backends.vault().toString());
        variables.put("VAULT_TOKEN", seed.vault().rootToken());
        return variables.entrySet().stream()
                .map(v -> "export " + v.getKey() + "='" + v.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
    }

    private Seed seed() {
        if (seedFile == null) {
            return Seed.empty();
        }
        try {
            return Seed.read(seedFile);
        } catch (IOException e) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "seed " + seedFile,
                    "it " + FileFailure.reason(seedFile, e),
                    "use a file that exists and that you may read");
        } catch (SeedMistake e) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "seed " + seedFile + e.place(),
                    e.reason(),
                    "see docs/demo-backends.md for its form");
        }
    }

    /** Whole or not at all: a script may wait for the file. */
    private static void write(Path file, String text) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Until standard input ends; a process in the background, which has none, until a signal comes. */
    private void awaitEnd() throws IOException, InterruptedException {
        if (invocation.streams().inIsNothing()) {
            new CountDownLatch(1).await();
        }
        InputStream in = invocation.streams().in();
        byte[] ignored = new byte[1024];
        while (in.read(ignored) >= 0) {
            // What is typed means nothing.
        }
    }
}
