package io.jenkins.plugins.awssecrets;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A Vault that nobody listens for. */
public final class DownSource {
    /** As YAML of {@code awsSecrets}. Port 1 is tcpmux's, which nobody runs. */
    public static final String YAML =
            "sources: [{vault: {id: down, url: \"http://127.0.0.1:1\", auth: {token: {token: \"t\"}}}}]\n";

    private DownSource() {}

    public static void configure() throws Exception {
        Backends.load("unclassified:\n  awsSecrets:\n" + YAML.indent(4));
    }

    /** Calls it until its breaker opens. */
    public static void callInVain(ItemGroup<?> place) {
        SecretSource source = Catalog.get().in(place).source("down").orElseThrow();
        for (int i = 0; i < 3; i++) {
            try {
                source.fetch(
                        List.of(new Locator("down", "secret/ci", Optional.empty())),
                        Deadline.in(Duration.ofSeconds(30)));
            } catch (SecretException e) {
                // Expected: what the breaker tells is looked at by the test.
            }
        }
    }
}
