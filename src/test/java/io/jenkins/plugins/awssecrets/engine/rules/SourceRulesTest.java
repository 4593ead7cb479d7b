package io.jenkins.plugins.awssecrets.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTest {
    private static final Requester MAIN = Requester.ofBranch("shop/web", "main");
    private static final Requester PULL_REQUEST = Requester.ofChangeRequest("shop/web", "PR-1");

    private static final AllowList EVERYTHING = allow("**", "arn:**");

    @Test
    void aSourceWithoutRulesTakesNoDirectReference() {
        Decision decision = sm(AllowList.NONE).direct(Reference.parse("sm:ci/x"), MAIN);

        assertThat(decision.refusal()).get().satisfies(why -> assertThat(why.getMessage())
                .contains("sm:ci/x")
                .contains("source sm has no rule")
                .contains("Declare a credential")
                .contains("{ names: [\"ci/x\"], jobs: [\"shop/web\"] }"));
    }

    @Test
    void theWorkedExample() {
        AllowList allow = new AllowList(List.of(
                new Rule(List.of(name("ci/*"), name("team/${folder}/*")), List.of(), List.of(), Optional.empty()),
                new Rule(
                        List.of(name("prod/*")),
                        CredentialRulesTest.patterns(List.of("shop/**")),
                        CredentialRulesTest.patterns(List.of("main", "release/*")),
                        Optional.empty())));
        SourceRules sm = sm(allow);

        assertThat(sm.direct(Reference.parse("sm:ci/sonar#token"), PULL_REQUEST).allows())
                .isTrue();
        assertThat(sm.direct(Reference.parse("sm:team/shop/x"), PULL_REQUEST).allows())
                .isTrue();
        assertThat(sm.direct(Reference.parse("sm:team/pay/x"), MAIN).allows()).isFalse();
        assertThat(sm.direct(Reference.parse("sm:prod/orders"), MAIN).allows()).isTrue();
        assertThat(sm.direct(Reference.parse("sm:prod/orders"), PULL_REQUEST).reason())
                .contains("rule 2")
                .contains("needs a build of the branch main or release/* that is not of a change request");
        assertThat(sm.direct(Reference.parse("sm:prod/orders"), Requester.ofJob("shop/nightly"))
                        .reason())
                .contains("needs a build of the branch main or release/*");
        assertThat(sm.direct(Reference.parse("sm:prod/orders"), Requester.ofBranch("pay/web", "main"))
                        .reason())
                .contains("needs the job shop/**");
    }

    @Test
    void anArnIsReachedByAPatternOfArnsOnly() {
        Reference arn = Reference.parse("sm:arn:aws:secretsmanager:eu-west-1:210987654321:secret:payroll-AbCdEf");

        assertThat(sm(allow("**")).direct(arn, MAIN).allows()).isFalse();
        assertThat(sm(allow("*")).direct(arn, MAIN).allows()).isFalse();
        assertThat(sm(allow("arn:aws:secretsmanager:eu-west-1:210987654321:secret:pay*"))
                        .direct(arn, MAIN)
                        .allows())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SECRETS_MANAGER, sm:prod/x, sm:prod/x",
        "SECRETS_MANAGER, sm:prod/x#member, sm:prod/x",
        "SECRETS_MANAGER, sm:prod/x, sm:prod/x?version=AWSPREVIOUS#other",
        "SECRETS_MANAGER, sm:prod/x, sm:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/x-AbCdEf",
        "SECRETS_MANAGER, sm:prod/x, sm:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/x",
        "SECRETS_MANAGER, sm:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/x-AbCdEf, sm:prod/x",
        "SSM, ssm:/prod/x, ssm:/prod/x?version=3",
        "SSM, ssm:x, ssm:/x",
        "SSM, ssm:/prod/x, ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/prod/x",
        "SSM, ssm:/prod/x, ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/prod/x:3",
        "SSM, ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/prod/x, ssm:/prod/x",
        "SSM, ssm:/aws/reference/secretsmanager/prod/x, "
                + "ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/aws/reference/secretsmanager/prod/x",
        "VAULT, vault:secret/x#a, vault:secret/x#b"
    })
    void noSpellingReachesWhatASystemCredentialTakes(SourceKind kind, String taken, String asked) {
        Reference reference = Reference.parse(taken);
        ReservedSecrets reserved =
                new ReservedSecrets.Builder().system(reference, kind).build();
        SourceRules rules = new SourceRules(reference.source(), kind, "", EVERYTHING, reserved);

        assertThat(rules.direct(Reference.parse(asked), MAIN).reason()).contains("SYSTEM");
        assertThat(rules.fromFolder("db", "shop", Reference.parse(asked), MAIN).reason())
                .contains("SYSTEM");
    }

    @Test
    void whatAFoldersCredentialTakesStaysInTheFolder() {
        Reference taken = Reference.parse("sm:prod/pay");
        ReservedSecrets reserved = new ReservedSecrets.Builder()
                .folder("", taken, SourceKind.SECRETS_MANAGER, "pay")
                .build();
        SourceRules rules = new SourceRules("sm", SourceKind.SECRETS_MANAGER, "", EVERYTHING, reserved);

        assertThat(rules.direct(taken, Requester.ofJob("pay/job")).allows()).isTrue();
        assertThat(rules.direct(taken, Requester.ofJob("pay/sub/job")).allows()).isTrue();
        assertThat(rules.direct(taken, Requester.ofBranch("pay", "main")).allows())
                .isTrue();
        assertThat(rules.direct(taken, Requester.ofJob("payroll/job")).allows()).isFalse();
        assertThat(rules.direct(taken, MAIN).reason()).contains("another folder");
    }

    @Test
    void whatIsTakenFromAnotherPlacesSourceOfTheIdKeepsNothing() {
        Reference taken = Reference.parse("sm:prod/x");
        ReservedSecrets reserved = new ReservedSecrets.Builder()
                .folder("pay", taken, SourceKind.SECRETS_MANAGER, "pay/sub")
                .build();

        assertThat(new SourceRules("sm", SourceKind.SECRETS_MANAGER, "", EVERYTHING, reserved)
                        .direct(taken, MAIN)
                        .allows())
                .isTrue();
    }

    @Test
    void aFoldersCredentialReachesASourceAboveByItsRulesOnly() {
        SourceRules rules = sm(allow("team/${folder}/*"));

        assertThat(rules.fromFolder("db", "shop", Reference.parse("sm:team/shop/db"), Requester.ofJob("shop/deep/job"))
                        .allows())
                .isTrue();
        assertThat(rules.fromFolder("db", "shop", Reference.parse("sm:team/pay/db"), MAIN)
                        .refusal())
                .get()
                .satisfies(why -> assertThat(why.subject()).isEqualTo("credential 'db' of folder shop"));
        assertThat(sm(AllowList.NONE)
                        .fromFolder("db", "shop", Reference.parse("sm:team/shop/db"), MAIN)
                        .allows())
                .isFalse();
        assertThat(rules.mayTake("shop", Reference.parse("sm:team/shop/db"))).isTrue();
        assertThat(rules.mayTake("shop", Reference.parse("sm:team/pay/db"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sm:ci/x", "sm:anything"})
    void theControllerHasNoDirectReference(String reference) {
        assertThat(sm(EVERYTHING)
                        .direct(Reference.parse(reference), Requester.CONTROLLER)
                        .allows())
                .isFalse();
    }

    private static SourceRules sm(AllowList allow) {
        return new SourceRules("sm", SourceKind.SECRETS_MANAGER, "", allow, ReservedSecrets.NONE);
    }

    private static AllowList allow(String... names) {
        return new AllowList(List.of(new Rule(
                java.util.Arrays.stream(names).map(SourceRulesTest::name).toList(),
                List.of(),
                List.of(),
                Optional.empty())));
    }

    private static NamePattern name(String text) {
        return NamePattern.parse(text, Rule.VARIABLES);
    }
}
