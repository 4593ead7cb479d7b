package io.jenkins.plugins.awssecrets.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionCostTest {
    @Test
    void tenThousandCredentialsAndAHundredRulesCostADecisionLessThanAMillisecond() {
        ReservedSecrets.Builder taken = new ReservedSecrets.Builder();
        for (int i = 0; i < 10_000; i++) {
            Reference reference = Reference.parse("sm:taken/" + i);
            taken.folder("", reference, SourceKind.SECRETS_MANAGER, "folder" + i % 100);
        }
        List<Rule> rules = IntStream.range(0, 100)
                .mapToObj(i -> new Rule(
                        List.of(NamePattern.parse("team/**/*-" + i, Rule.VARIABLES)),
                        CredentialRulesTest.patterns(List.of("team" + i + "/**/deploy*")),
                        CredentialRulesTest.patterns(List.of("main", "release/*")),
                        Optional.empty()))
                .toList();
        SourceRules source = new SourceRules("sm", SourceKind.SECRETS_MANAGER, "", new AllowList(rules), taken.build());
        Requester who = Requester.ofBranch("team99/some/where/deploy-shop", "release/1.0");
        Reference asked = Reference.parse("sm:team/a/b/c/database-99");
        for (int i = 0; i < 500; i++) {
            assertThat(source.direct(asked, who).allows()).isTrue();
        }

        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            source.direct(asked, who);
        }

        assertThat(Duration.ofNanos((System.nanoTime() - start) / 200)).isLessThan(Duration.ofMillis(1));
    }
}
