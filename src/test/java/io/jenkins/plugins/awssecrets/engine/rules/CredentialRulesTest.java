package io.jenkins.plugins.awssecrets.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CredentialRulesTest {
    private static final Map<String, Requester> WHO = Map.of(
            "freestyle", Requester.ofJob("shop/nightly"),
            "main", Requester.ofBranch("shop/web", "main"),
            "release", Requester.ofBranch("shop/web", "release/1.0"),
            "tag", Requester.ofBranch("shop/web", "v1.0"),
            "pull request", Requester.ofChangeRequest("shop/web", "PR-1"),
            "change of main", Requester.ofChangeRequest("shop/web", "main"),
            "elsewhere", Requester.ofBranch("pay/web", "main"),
            "controller", Requester.CONTROLLER);

    /** A rule, and who it lets in. */
    private record Row(Rule rule, List<String> lets) {}

    private static final List<Row> TABLE = List.of(
            new Row(
                    rule(List.of(), List.of(), Optional.empty()),
                    List.of(
                            "freestyle",
                            "main",
                            "release",
                            "tag",
                            "pull request",
                            "change of main",
                            "elsewhere",
                            "controller")),
            new Row(
                    rule(List.of("shop/**"), List.of(), Optional.empty()),
                    List.of("freestyle", "main", "release", "tag", "pull request", "change of main")),
            new Row(rule(List.of("shop/*"), List.of("main"), Optional.empty()), List.of("main")),
            new Row(rule(List.of(), List.of("main"), Optional.empty()), List.of("main", "elsewhere")),
            new Row(rule(List.of(), List.of("release/*", "v*"), Optional.empty()), List.of("release", "tag")),
            new Row(
                    rule(List.of(), List.of("main", "PR-*"), Optional.of(true)),
                    List.of("main", "pull request", "change of main", "elsewhere")),
            new Row(
                    rule(List.of("shop/**"), List.of(), Optional.of(false)),
                    List.of("freestyle", "main", "release", "tag")),
            new Row(rule(List.of("shop"), List.of(), Optional.empty()), List.of()));

    @TestFactory
    List<DynamicTest> eachRuleLetsInWhomItSays() {
        return TABLE.stream()
                .flatMap(row -> WHO.entrySet().stream()
                        .map(who -> DynamicTest.dynamicTest(row.rule() + ": " + who.getKey(), () -> assertThat(
                                        new CredentialRules("db", new AllowList(List.of(row.rule())))
                                                .decide(who.getValue())
                                                .allows())
                                .isEqualTo(row.lets().contains(who.getKey())))))
                .toList();
    }

    @Test
    void oneRuleOfSeveralIsEnough() {
        AllowList allow = new AllowList(List.of(
                rule(List.of("pay/**"), List.of(), Optional.empty()),
                rule(List.of("shop/**"), List.of("main"), Optional.empty())));

        Decision decision = new CredentialRules("db", allow).decide(Requester.ofBranch("shop/web", "main"));

        assertThat(decision.allows()).isTrue();
        assertThat(decision.reason()).contains("rule 2").contains("jobs shop/**; branches main");
    }

    @Test
    void aRefusalSaysWhatEachRuleNeeds() {
        AllowList allow = new AllowList(List.of(
                rule(List.of("pay/**"), List.of(), Optional.empty()),
                rule(List.of("shop/**"), List.of("main"), Optional.empty())));

        Decision decision = new CredentialRules("orders-db", allow).decide(Requester.ofBranch("shop/web", "feature"));

        assertThat(decision.refusal()).get().satisfies(why -> {
            assertThat(why.problem()).isEqualTo(Problem.REFUSED);
            assertThat(why.subject()).isEqualTo("credential 'orders-db'");
            assertThat(why.reason())
                    .contains("job shop/web, branch feature")
                    .contains("rule 1 (jobs pay/**) needs the job pay/**")
                    .contains("rule 2 (jobs shop/**; branches main) needs a build of the branch main");
        });
    }

    @Test
    void withoutRulesItIsForEverybodyWhoSeesIt() {
        assertThat(WHO.values()).allSatisfy(who -> assertThat(
                        new CredentialRules("db", AllowList.NONE).decide(who).allows())
                .isTrue());
    }

    static Rule rule(List<String> jobs, List<String> branches, Optional<Boolean> changeRequests) {
        return new Rule(List.of(), patterns(jobs), patterns(branches), changeRequests);
    }

    static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(text -> NamePattern.parse(text, List.of())).toList();
    }
}
