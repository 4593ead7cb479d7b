package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no text to be read. */
class UnreadableConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void aByteThatIsNotUtf8IsToldByItsPlace() throws IOException {
        Path file = Files.write(
                directory.resolve("latin1.yaml"), "sources: []\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new ConfigurationReader(Map.of()).read(file))
                .hasMessageContaining(file + ":2:6: a byte that is not UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new ConfigurationReader(Map.of()).read(directory.resolve("none.yaml")))
                .hasMessageContaining("none.yaml: file not found. Set another file with --config");
    }

    @Test
    void aFileOfMoreThanAMebibyteIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("big.yaml"), new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> new ConfigurationReader(Map.of()).read(file)).hasMessageContaining("more than 1 MiB");
    }
}
