package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.Test;

/** A log that holds no secret comes out as it went in, however many forms are looked for. */
class FalsePositivesTest {
    private static final long LOG_BYTES = 64L << 20;

    @Test
    void nothingIsMaskedIn64MebibytesOfLogWithoutASecret() throws IOException {
        Masker masker = Masker.of(
                BuildLog.secrets(100, 16, 42).stream().map(SecretValue::of).toList());
        CheckedOutputStream before = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        CheckedOutputStream after = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        BuildLog log = new BuildLog(1);
        try (MaskingOutputStream out = new MaskingOutputStream(after, masker)) {
            for (long written = 0; written < LOG_BYTES; ) {
                byte[] line = log.line();
                before.write(line);
                out.write(line);
                written += line.length;
            }
        }

        assertThat(after.getChecksum().getValue())
                .isEqualTo(before.getChecksum().getValue());
    }
}
