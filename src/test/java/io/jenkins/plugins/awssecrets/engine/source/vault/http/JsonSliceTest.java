package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSliceTest {
    @Test
    void anObjectIsCutOutByteForByte() {
        assertThat(
                        slice(
                                "{\"warnings\":[{\"data\":{}}],\"data\" : {\"x\":{}, \"data\":  { \"ü\" : 1.10, \"a\":[{}] } ,\"z\":1}}"))
                .contains("{ \"ü\" : 1.10, \"a\":[{}] }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":{\"data\":null}}",
                "{\"data\":{\"data\":\"text\"}}",
                "{\"data\":{\"data\":[{}]}}",
                "{\"data\":{\"data\":{\"cut\":",
                "{\"x\":{\"data\":{\"data\":{}}}}",
            })
    void whatIsNoObjectThereGivesNothing(String json) {
        assertThat(slice(json)).isEmpty();
    }

    @Property(tries = 300)
    void anyTextInItStaysAsItIs(@ForAll String key, @ForAll String value) {
        String object = VaultJson.object().put(key, value).toString();
        assertThat(slice("{\"a\":\"ä\",\"data\":{\"data\":" + object + ",\"metadata\":{}}}"))
                .contains(object);
    }

    private static Optional<String> slice(String json) {
        return JsonSlice.objectAt(json.getBytes(StandardCharsets.UTF_8), "data", "data")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
