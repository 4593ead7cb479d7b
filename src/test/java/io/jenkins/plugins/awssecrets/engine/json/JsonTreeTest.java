package io.jenkins.plugins.awssecrets.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"text\"",
                " {\"a\": {\"b\": [1, \"x\", null, true, false, {\"c\": []}]}, \"d\": \"\\u00e9\\n\"} ",
                "[0, -1, 2147483648, 123456789012345678901234567890]",
                "{\"a\": 1, \"a\": 2}",
            })
    void theTreeIsTheOneAMapperReads(String text) throws IOException {
        assertThat(read(text)).contains(JsonMapper.builder().build().readTree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\": 1,}",
                "{} {}",
                "{}x",
                "NaN",
                "word",
                "nothing",
                "tr",
                "'a'",
                "[01]",
                "\"a",
                "{a: 1}"
            })
    void whatIsNotOneJsonValueIsNone(String text) {
        assertThat(read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5432", "1.10", "0.000", "123456789012345678901234567890", "-7"})
    void numbersKeepTheirDigits(String number) {
        assertThat(read("{\"n\": " + number + "}").orElseThrow().get("n").asText())
                .isEqualTo(number);
    }

    @Test
    void nestingHasABound() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isPresent();
        assertThat(read("[".repeat(65) + "]".repeat(65))).isEmpty();
    }

    @Test
    void textThatIsNotUtf8IsNone() {
        assertThat(JsonTree.read(new byte[] {'"', (byte) 0xff, '"'})).isEmpty();
    }

    private static Optional<JsonNode> read(String text) {
        return JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
