package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Demo backends that run, and configuration files that lead to them. */
public final class DemoConfiguration implements AutoCloseable {
    private final DemoBackends backends;
    private final String vaultToken;

    public DemoConfiguration(Seed seed) {
        this.backends = DemoBackends.start(seed);
        this.vaultToken = seed.vault().rootToken();
    }

    public DemoBackends backends() {
        return backends;
    }

    /** @param more YAML beside {@code sources} */
    public String write(Path file, String more) throws IOException {
        return Files.writeString(file, sources() + more).toString();
    }

    public String sources() {
        return """
                sources:
                  - ssm: {region: eu-west-1, endpoint: "%s", accessKeyId: demo, secretAccessKey: demo}
                  - secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: demo, secretAccessKey: demo}
                  - vault: {url: "%s", auth: {token: {token: "%s"}}, filter: {pathPrefix: secret/}}
                """.formatted(backends.ssm(), backends.secretsManager(), backends.vault(), vaultToken);
    }

    @Override
    public void close() {
        backends.close();
    }
}
