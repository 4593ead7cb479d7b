package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fuzzer's inputs, found ones and seeds, as a regression test that needs no fuzzer. */
class MaskingCorpusTest {
    @Test
    void streamAndNaiveWayAgreeOnTheWholeCorpus() throws IOException, URISyntaxException {
        List<Path> inputs = inputs();

        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            assertThatCode(() -> FuzzedMasking.run(Files.readAllBytes(input)))
                    .as("%s", input.getFileName())
                    .doesNotThrowAnyException();
        }
    }

    private static List<Path> inputs() throws IOException, URISyntaxException {
        Path directory = Path.of(MaskingCorpusTest.class
                .getResource("MaskingFuzzTestInputs/streamAndNaiveWayAgree")
                .toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
