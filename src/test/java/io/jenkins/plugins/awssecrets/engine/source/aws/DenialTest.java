package io.jenkins.plugins.awssecrets.engine.source.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.source.aws.calls.Denial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those that AWS gives, with made-up names. */
class DenialTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/0f0e0d0c-0000-4000-8000-000000000001";

    @Test
    void anIamDenialGivesActionAndAccount() {
        Denial denial = Denial.in("User: arn:aws:sts::123456789012:assumed-role/ci/canary is not authorized to perform:"
                + " ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/canary because no"
                + " identity-based policy allows the ssm:GetParameters action");
        assertThat(denial.action()).contains("ssm:GetParameters");
        assertThat(denial.account()).contains("123456789012");
        assertThat(denial.kms()).isFalse();
        assertThat(denial.deniedBy()).isEmpty();
        assertThat(denial.toString()).doesNotContain("canary");
    }

    @Test
    void anExplicitDenyNamesTheKindOfPolicy() {
        assertThat(Denial.in("User: u is not authorized to perform: secretsmanager:GetSecretValue on resource: canary"
                                + " with an explicit deny in a service control policy: arn:aws:organizations::canary")
                        .deniedBy())
                .contains("service control policy");
    }

    @Test
    void aDeniedKeyIsNamed() {
        Denial denial = Denial.in("User: u is not authorized to perform: kms:Decrypt on resource: " + KEY
                + " because no identity-based policy allows the kms:Decrypt action (Service: Kms, Status Code: 400)");
        assertThat(denial.kms()).isTrue();
        assertThat(denial.kmsKey()).contains(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Access to KMS is not allowed",
                "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or"
                        + " you are not allowed to access.",
            })
    void aKeyThatRefusesWithoutItsNameIsRecognised(String message) {
        assertThat(Denial.in(message).kms()).isTrue();
        assertThat(Denial.in(message).kmsKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "is not authorized to perform: ssm:Canary on resource: arn:aws:ssm:eu-west-1:canary:parameter/a",
                "is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/canary",
                "is not authorized to perform: kms:Decrypt on resource:"
                        + " arn:aws:kms:eu-west-1:123456789012:alias/canary",
                "with an explicit deny in a canary policy",
            })
    void whatIsNotExpectedIsNotTakenOver(String message) {
        assertThat(Denial.in(message).toString()).doesNotContainIgnoringCase("canary");
    }
}
