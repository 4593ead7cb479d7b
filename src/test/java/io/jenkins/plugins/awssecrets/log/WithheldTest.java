package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WithheldTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void logWhoseSecretsAreNotKnownShowsOnceThatAndNothingElse() {
        try (PrintStream printed = new PrintStream(new Withheld(log, "no channel"), true, StandardCharsets.UTF_8)) {
            printed.println("canary-one");
            printed.println("canary-two");
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("no channel")
                .doesNotContain("canary");
    }

    @Test
    void maskThatFailsWithholdsTheLog() throws Exception {
        // Of no controller that could be asked.
        OutputStream stream = Masks.decorate(String.valueOf("no mask"), log);
        stream.write("canary-one".getBytes(StandardCharsets.UTF_8));

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("ClassCastException")
                .doesNotContain("canary");
    }
}
