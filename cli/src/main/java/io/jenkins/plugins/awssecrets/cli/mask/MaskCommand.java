package io.jenkins.plugins.awssecrets.cli.mask;

import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import io.jenkins.plugins.awssecrets.engine.masking.plain.OrdinaryWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mask}: a filter for any program's output. */
@Command(name = "mask", description = "Copies standard input to standard output and masks secrets in it.")
public final class MaskCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            required = true,
            description = "The secrets: a JSON array of strings.")
    private Path file;

    public MaskCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        List<SecretValue> secrets = new SecretsFile(file).read();
        warn("too short to be masked (fewer than 3 bytes)", secrets, secret -> !Masker.maskable(secret));
        warn(
                "an ordinary word or a short number, so ordinary text is masked too",
                secrets,
                secret -> Masker.maskable(secret) && secret.isText() && OrdinaryWords.contain(secret.reveal()));
        InputStream in = invocation.streams().in();
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = new MaskingOutputStream(invocation.streams().out(), Masker.of(secrets))) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
        return ExitCode.OK;
    }

    private void warn(String what, List<SecretValue> secrets, Predicate<SecretValue> which) {
        String entries = IntStream.range(0, secrets.size())
                .filter(i -> which.test(secrets.get(i)))
                .mapToObj(i -> Integer.toString(i + 1))
                .collect(Collectors.joining(", "));
        if (!entries.isEmpty()) {
            invocation.report().warn(what + ": entry " + entries + " of " + file);
        }
    }
}
