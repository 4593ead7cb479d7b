package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    private final Expansion expansion =
            new Expansion(Map.of("HOST", "vault.example", "EMPTY", "", "DOLLAR", "${HOST}", "_a1", "x"));

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "https://${HOST}:8200, https://vault.example:8200",
        "${HOST}${HOST}, vault.examplevault.example",
        "a${EMPTY}b, ab",
        "${UNSET:-default}, default",
        "${UNSET:-}x, x",
        "${UNSET:-a:-b}, a:-b",
        "${UNSET:-https://${HOST}/${NONE:-y}}, https://vault.example/y",
        "${HOST:-default}, vault.example",
        "${EMPTY:-default}x, x",
        "^${HOST}, ${HOST}",
        "a^${HOST}${HOST}, a${HOST}vault.example",
        "$HOST, $HOST",
        "a$b}c, a$b}c",
        "^HOST, ^HOST",
        "${_a1}, x",
    })
    void variablesArePutIn(String text, String expected) {
        assertThat(expansion.expand(text)).isEqualTo(expected);
    }

    @Test
    void aVariablesValueIsTakenAsItIs() {
        assertThat(expansion.expand("${DOLLAR}")).isEqualTo("${HOST}");
    }

    @ParameterizedTest
    @CsvSource({
        "${UNSET}, UNSET is not set",
        "${, without '}'",
        "${HOST, without '}'",
        "${}, no variable name",
        "${a:b}, no variable name"
    })
    void whatCannotBePutInIsRefused(String text, String reason) {
        assertThatThrownBy(() -> expansion.expand(text))
                .isInstanceOf(Expansion.Unexpandable.class)
                .hasMessageContaining(reason);
    }
}
