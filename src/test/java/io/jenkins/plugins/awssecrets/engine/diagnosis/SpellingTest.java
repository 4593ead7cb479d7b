package io.jenkins.plugins.awssecrets.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void caseAndPunctuationMakeNoDifference() {
        assertThat(Spelling.near("ci/docker", List.of("CI-Docker", "prod/orders")))
                .containsExactly("CI-Docker");
    }

    @Test
    void aSwapIsOneEditAndTheNearestComesFirst() {
        assertThat(Spelling.near("databse", List.of("databases", "database"))).containsExactly("database", "databases");
    }

    @Test
    void shortNamesAreNotNearEverything() {
        assertThat(Spelling.near("abc", List.of("abd", "xyz", "bca", "ab"))).isEmpty();
        assertThat(Spelling.near("hbu", List.of("hub", "bub"))).containsExactly("hub");
    }

    @Test
    void theTextItselfIsNoSuggestion() {
        assertThat(Spelling.near("ci/docker", List.of("ci/docker"))).isEmpty();
    }

    @Test
    void aTagOfAnotherMeaningIsNotMisspelt() {
        assertThat(TagSpelling.misspelt(Map.of("jenkins:credentials:team", "web", "type", "x", "Name", "y")))
                .isEmpty();
    }

    @Test
    void aTagThatIsThereTwiceIsMisspeltOnlyWhereTheRightOneLacks() {
        assertThat(TagSpelling.misspelt(
                        Map.of("jenkins:credentials:type", "string", "jenkins:credentials:Type", "string")))
                .isEmpty();
    }

    @Test
    void wordsOfOtherProductsAreUnderstood() {
        assertThat(TagSpelling.typeNear("Secret text")).contains("string");
        assertThat(TagSpelling.typeNear("ssh_user_private_key")).contains("sshUserPrivateKey");
        assertThat(TagSpelling.typeNear("zzz")).isEmpty();
    }
}
