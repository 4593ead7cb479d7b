package io.jenkins.plugins.awssecrets.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {
    @ParameterizedTest
    @CsvSource({
        "SECRETS_MANAGER, sm:ci/*, without the id of its source",
        "SECRETS_MANAGER, team//*, an empty part",
        "SSM, ci/*, does not begin with '/'",
        "SSM, //x, an empty part",
        "VAULT, /secret/*, an empty part",
        "VAULT, secret//x, an empty part",
        "VAULT, ${branch}/x, no such variable"
    })
    void aPatternOfNamesThatMatchesNothingIsRefused(SourceKind kind, String text, String why) {
        assertThatThrownBy(() -> RuleParser.name(kind, text))
                .hasMessageStartingWith("names: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "SECRETS_MANAGER, ci/*",
        "SECRETS_MANAGER, /ci/*",
        "SECRETS_MANAGER, arn:aws:secretsmanager:eu-west-1:123456789012:secret:ci/*",
        "SSM, /ci/*",
        "SSM, token",
        "SSM, **",
        "SSM, **/token",
        "SSM, /${folder}/${job}/*",
        "VAULT, secret/${folder}/**"
    })
    void aPatternOfNamesAsReferencesWriteThem(SourceKind kind, String text) {
        assertThat(RuleParser.name(kind, text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/*", "shop/", "a//b", "${folder}/**", "", "a***"})
    void aPatternOfJobsThatMatchesNothingIsRefused(String text) {
        assertThatThrownBy(() -> RuleParser.job(text)).hasMessageStartingWith("jobs: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/main", "${job}", " "})
    void aPatternOfBranchesThatMatchesNothingIsRefused(String text) {
        assertThatThrownBy(() -> RuleParser.branch(text)).hasMessageStartingWith("branches: ");
    }

    @Test
    void aRuleOfASourceNamesNames() {
        assertThatThrownBy(() -> RuleParser.forSource(
                        SourceKind.SSM, List.of(), List.of("shop/**"), List.of(), Optional.empty()))
                .hasMessageStartingWith("names: it is missing");
    }
}
