package io.jenkins.plugins.awssecrets.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In base64 that is cut into lines, the secret's first letter and a line break begin a form. */
@Timeout(60)
class OutputPumpTest {
    private static final String SECRET = "a-secret-of-some-length!";
    private static final String ENCODED = "YS1zZWNyZXQtb2Ytc29tZS1sZW5ndGgh";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final BlockingQueue<Runnable> pauses = new LinkedBlockingQueue<>();
    private OutputStream command;
    private OutputPump pump;

    @BeforeEach
    void start() throws IOException {
        Pipe pipe = Pipe.open();
        command = Channels.newOutputStream(pipe.sink());
        MaskingOutputStream masked = new MaskingOutputStream(shown, Masker.of(List.of(SecretValue.of(SECRET))));
        pump = OutputPump.start("test", Channels.newInputStream(pipe.source()), masked, pauses::add);
    }

    @AfterEach
    void end() throws IOException {
        command.close();
    }

    @Test
    void aFormThatGoesOnBehindTheEndOfALineIsMaskedWhole() throws Exception {
        write("xY\n");
        Runnable pause = pauses.poll(30, TimeUnit.SECONDS);
        write(ENCODED.substring(1, 10));
        // The next of them says that the pump has read on.
        pauses.poll(30, TimeUnit.SECONDS);
        pause.run();
        write(ENCODED.substring(10) + " end\n");
        command.close();

        assertThat(pump.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(shown()).isEqualTo("x**** end\n");
    }

    @Test
    void theEndOfALineIsShownWhenTheCommandPauses() throws Exception {
        write("Enter Y\n");
        Runnable pause = pauses.poll(30, TimeUnit.SECONDS);
        assertThat(shown()).isEqualTo("Enter ");

        while (!shown().equals("Enter Y\n")) {
            pause.run();
        }
    }

    @Test
    void halfASecretIsNotShownWhenTheCommandPauses() throws Exception {
        write("a-secret-of");
        pauses.poll(30, TimeUnit.SECONDS).run();
        write("-some");
        pauses.poll(30, TimeUnit.SECONDS).run();

        assertThat(shown()).isEmpty();
    }

    @Test
    void whatBeginsNoFormWaitsForNothing() throws Exception {
        write("Password: ");
        while (!shown().equals("Password: ")) {
            Thread.onSpinWait();
        }
        assertThat(pauses).isEmpty();
    }

    private void write(String text) throws IOException {
        command.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
