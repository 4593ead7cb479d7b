package io.jenkins.plugins.awssecrets.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultMachineryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault:auth/token/lookup-self#id",
                "vault:sys/internal/ui/resultant-acl",
                "vault:identity/oidc/token/role",
                "vault:cubbyhole/response",
                "vault:auth",
                "vault:sys/",
                "vault:AUTH/token/lookup-self#id",
                "vault:Sys/mounts",
                "vault:/auth/token/lookup-self#id",
                "vault://auth/token/lookup-self#id",
                "vault:auth//token/lookup-self",
                "vault:./auth/token/lookup-self",
                "vault:secret/../auth/token/lookup-self",
                "vault:%61uth/token/lookup-self#id",
                "vault:auth%2Ftoken%2Flookup-self#id",
                "vault:%2561uth/token/lookup-self",
                "vault:%252561uth%25252Ftoken/lookup-self",
                "vault:%20auth/token/lookup-self",
                "vault:auth%5Ctoken/lookup-self",
                "vault:team/auth/token/lookup-self#id",
                "vault:team/dev/sys/internal/ui/resultant-acl",
                "vault:team/identity/entity/id",
                "vault:team/cubbyhole/response",
                "vault:team/auth/approle/login",
                "vault:team/sys/policies/acl/default",
            })
    void vaultsOwnPathsAreRefusedHoweverTheyAreSpelled(String text) {
        assertThatThrownBy(() -> Reference.parse(text).checkFor(SourceKind.VAULT))
                .isInstanceOf(MalformedReferenceException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault:secret/auth/github#token",
                "vault:secret/sys",
                "vault:secret/ci/identity#key",
                "vault:authentication/ci",
                "vault:system/ci",
                "vault:secret/cubbyhole",
            })
    void aSecretThatOnlyBearsSuchANameIsNone(String text) {
        assertThatCode(() -> Reference.parse(text).checkFor(SourceKind.VAULT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssm:/auth/token", "ssm:/sys/a"})
    void otherBackendsHaveNoSuchPaths(String text) {
        assertThat(Reference.parse(text).checkFor(SourceKind.SSM).name()).startsWith("/");
    }
}
