package io.jenkins.plugins.awssecrets.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        ci/*,            ci/sonar,        true
        ci/*,            ci/a/b,          false
        ci/*,            ci/,             true
        ci/*,            ci,              false
        ci/**,           ci/a/b,          true
        ci/**,           ci,              false
        **,              a/b/c,           true
        *,               a,               true
        *,               a/b,             false
        **/deploy,       a/b/deploy,      true
        **/deploy,       deploy,          false
        a*c/d,           abbbc/d,         true
        a*c/d,           ab/c/d,          false
        release/*,       release/1.0,     true
        /ci/*,           /ci/x,           true
        ci/x,            CI/x,            false
        a.c,             abc,             false
        a?c,             abc,             false
        [ab],            a,               false
        [ab],            [ab],            true
        a+(b|c)\\d,      a+(b|c)\\d,      true
        prod-*-db*,      prod-eu-db-1,    true
        größe/*,         größe/ü,         true
        """)
    void matchesAsTheTableSays(String pattern, String name, boolean matches) {
        assertThat(NamePattern.parse(pattern, List.of()).matches(name, Map.of()))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "**", "a*", "$", "${job}", "..", ".", "a b", "größe", "[a-z]", "?", "\\", "a{1}", "x^y"})
    void aFoldersNameIsNoPattern(String folder) {
        NamePattern pattern = NamePattern.parse("team/${folder}/*", Rule.VARIABLES);
        Map<String, String> values = Map.of("folder", folder, "job", "j");

        assertThat(pattern.matches("team/" + folder + "/db", values)).isTrue();
        assertThat(pattern.matches("team/other/db", values)).isFalse();
        assertThat(pattern.matches("team/a/db", values)).isFalse();
        assertThat(pattern.matches("team//db", values)).isFalse();
    }

    @Test
    void aVariableWithoutAValueMatchesNothing() {
        for (String text : List.of("${folder}/*", "**${folder}**", "${folder}", "team/${folder}/*")) {
            NamePattern pattern = NamePattern.parse(text, Rule.VARIABLES);
            for (String name : List.of("/x", "x", "", "team//x", "team/x")) {
                assertThat(pattern.matches(name, Map.of("folder", "", "job", "j")))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        ci/***,       position 6
        ${foldr}/*,   position 1
        a/${folder,   position 3
        '',           position 1
        ' ',          position 1
        """)
    void aPatternThatSaysNothingIsRefusedWithItsPosition(String text, String position) {
        assertThatThrownBy(() -> NamePattern.parse(text, Rule.VARIABLES))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(position);
    }

    @Test
    void aVariableIsRefusedWhereItHasNoMeaning() {
        assertThatThrownBy(() -> NamePattern.parse("${folder}/**", List.of())).isInstanceOf(SecretException.class);
    }

    @Test
    void matchesLikeTheDefinitionReadLiterally() {
        Random random = new Random(20260401);
        String alphabet = "ab/*.$";
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = text(random, alphabet, 1 + random.nextInt(7)).replaceAll("\\*{3,}", "**");
            String name = text(random, "ab/.$", random.nextInt(9));
            boolean expected = reads(text, 0, name, 0);
            assertThat(NamePattern.parse(text, List.of()).matches(name, Map.of()))
                    .as("%s on %s", text, name)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(500);
    }

    /** The definition as a recursion, exponential as it stands. */
    private static boolean reads(String pattern, int p, String name, int n) {
        if (p == pattern.length()) {
            return n == name.length();
        }
        if (pattern.charAt(p) != '*') {
            return n < name.length() && pattern.charAt(p) == name.charAt(n) && reads(pattern, p + 1, name, n + 1);
        }
        boolean across = pattern.startsWith("**", p);
        int after = p + (across ? 2 : 1);
        for (int end = n; end <= name.length(); end++) {
            if (reads(pattern, after, name, end)) {
                return true;
            }
            if (end < name.length() && !across && name.charAt(end) == '/') {
                return false;
            }
        }
        return false;
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void noPatternTakesLong() {
        NamePattern pattern = NamePattern.parse("a*".repeat(400) + "b", List.of());
        String name = "a".repeat(2000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(pattern.matches(name, Map.of()))
                .isFalse());
    }
}
