package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.soon;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that read with tokens of their own: by their ID tokens, or with tokens that the source's own one makes. */
@Timeout(120)
class VaultOfBuildsTest extends VaultOfBuilds {
    @Test
    void aJobReadsItsSecretAndIsDeniedAnothersByTheTemplatedPolicyOfItsToken() {
        try (VaultSource source = byIdToken("ci");
                SecretSource shop = session(source, build("shop"))) {
            assertReads(shop, "secret/shop/db");
            SecretException denied = failure(shop, "secret/bank/db");
            assertThat(denied.problem()).isEqualTo(Problem.DENIED);
            assertThat(denied.getMessage())
                    .contains("policies default, jobs", "read on secret/data/bank/db", "template names");
            assertThat(shop.identity()).isEqualTo("role ci at auth/jwt");
        }
    }

    @Test
    void outsideOfBuildsSuchASourceServesAndListsNothingAndCallsNobody() {
        try (VaultSource source = byIdToken("ci")) {
            SecretException refused = failure(source, "secret/shop/db");
            assertThat(refused.problem()).isEqualTo(Problem.REFUSED);
            assertThat(refused.getMessage()).contains("serves builds alone");
            assertThat(source.list(soon())).isEmpty();
            assertThat(operations()).isEmpty();
        }
        try (VaultSource source = byChildToken("root", Optional.empty(), "jenkins-${folder}")) {
            assertThat(failure(source, "secret/shop/db").problem()).isEqualTo(Problem.REFUSED);
        }
    }

    @Test
    void aLoginThatTheRoleRefusesNamesTheClaim() {
        try (VaultSource source = byIdToken("shop");
                VaultSource aws = byIdToken("aws")) {
            assertThat(failure(session(source, build("bank")), "secret/shop/db").getMessage())
                    .contains("the claim job of the JWT does not match the role");
            assertThat(failure(session(aws, build("shop")), "secret/shop/db").getMessage())
                    .contains("the claim aud of the JWT does not match the role");
        }
    }

    @Test
    void aBuildLogsInOnceHoweverOftenItReadsAndItsTokenIsRevokedWithItsSession() {
        try (VaultSource source = byIdToken("ci")) {
            try (SecretSource first = session(source, build("bank"))) {
                assertReads(first, "secret/bank/db");
            }
            backends.requests().clear();
            try (SecretSource shop = session(source, build("shop"))) {
                assertReads(shop, "secret/shop/db");
                assertReads(shop, "secret/shop/db");
                failure(shop, "secret/bank/db");
            }
        }
        // The mount is known from the first build: one login more than a source whose token is shared.
        assertThat(operations()).containsExactly("login", "read", "read", "read", "lookup-self", "revoke-self");
        assertThat(kept.values()).allMatch(Map::isEmpty);
    }

    @Test
    void aSourceWithoutPerBuildGivesNoSession() {
        try (VaultSource source = source(backends.vault(), new VaultLogin.Token(SecretValue.of("root")))) {
            assertThat(source.forBuild(build("shop"))).isEmpty();
            assertReads(source, "secret/shop/db");
            assertThat(operations()).containsExactly("lookup-self", "mounts", "read");
        }
    }

    @Test
    void theTokenRoleAllowsPoliciesThatTheControllersTokenDoesNotHave() {
        try (VaultSource source = byChildToken("maker", Optional.of("jenkins"), "jenkins-${folder}");
                SecretSource shop = session(source, build("shop/web"))) {
            assertReads(shop, "secret/shop/db");
            assertThat(failure(shop, "secret/bank/db").getMessage()).contains("policies default, jenkins-shop");
            assertThat(shop.identity()).isEqualTo("a token with policies jenkins-shop");
        }
        assertThat(operations()).filteredOn("token"::equals).hasSize(1);
    }

    @Test
    void policiesThatTheControllersTokenMayNotGiveAreNamed() {
        try (VaultSource bare = byChildToken("maker", Optional.empty(), "jenkins-${folder}");
                VaultSource other = byChildToken("maker", Optional.of("jenkins"), "prod-${folder}");
                VaultSource unknown = byChildToken("root", Optional.of("nobody"), "jenkins-${folder}");
                VaultSource poor = byChildToken("poor", Optional.of("jenkins"), "jenkins-${folder}")) {
            assertThat(failure(session(bare, build("shop/web")), "secret/shop/db")
                            .getMessage())
                    .contains("does not have the policies", "jenkins-shop", "perBuild.tokenRole");
            assertThat(failure(session(other, build("shop/web")), "secret/shop/db")
                            .getMessage())
                    .contains("token role jenkins does not allow", "prod-shop", "allowed_policies_glob");
            assertThat(failure(session(unknown, build("shop/web")), "secret/shop/db")
                            .getMessage())
                    .contains("token role not found: nobody");
            SecretException denied = failure(session(poor, build("shop/web")), "secret/shop/db");
            assertThat(denied.getMessage()).contains("may not make tokens for builds");
            assertThat(denied.permission().orElseThrow().resource()).isEqualTo("auth/token/create/jenkins");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Shop/web, jenkins-${folder}, characters",
        "sh op/web, jenkins-${folder}, characters",
        "web, jenkins-${folder}, is in no folder",
        "root/web, ${folder}, it would be root",
        "'sh*p/web', jenkins-${folder}, characters"
    })
    void aFolderThatDoesNotFitAPolicyIsRefusedAndNotReplaced(String job, String policy, String why) {
        try (VaultSource source = byChildToken("root", Optional.empty(), policy)) {
            SecretException refused = catchThrowableOfType(SecretException.class, () -> source.forBuild(build(job)));
            assertThat(refused.problem()).isEqualTo(Problem.REFUSED);
            assertThat(refused.getMessage()).contains(why);
        }
        assertThat(operations()).isEmpty();
    }

    @Test
    void aFolderThatDoesNotFitARoleIsRefused() {
        try (VaultSource source = byIdToken("jenkins-${folder}")) {
            assertThatThrownBy(() -> source.forBuild(build("team/shop/web")))
                    .isInstanceOfSatisfying(
                            SecretException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED));
            assertThat(session(source, build("shop/web")).identity()).isEqualTo("role jenkins-shop at auth/jwt");
        }
    }

    @Test
    void theConnectionTestSaysWhoAuthenticatesAndWhetherTokensCanBeMade() {
        try (VaultSource jwt = byIdToken("ci");
                VaultSource maker = byChildToken("maker", Optional.of("jenkins"), "jenkins-${folder}");
                VaultSource poor = byChildToken("poor", Optional.of("jenkins"), "jenkins-${folder}")) {
            assertThat(jwt.check(soon()))
                    .extracting(SourceCheck::what)
                    .anyMatch(what -> what.contains("the controller has no login") && what.contains("auth/jwt"));
            assertThat(maker.check(soon()))
                    .allMatch(check -> check.ok() != check.isOfBuilds())
                    .extracting(SourceCheck::what)
                    .anyMatch(what -> what.startsWith("make tokens for builds"));
            for (VaultSource source : List.of(jwt, maker)) {
                assertThat(source.check(soon()))
                        .filteredOn(SourceCheck::isOfBuilds)
                        .singleElement()
                        .satisfies(check -> assertThat(
                                        check.problem().orElseThrow().getMessage())
                                .containsAnyOf("as role ci at auth/jwt,", "as a token with policies jenkins-${folder},")
                                .contains("which only a build can test", "Rules for a job"));
            }
            assertThat(poor.check(soon()))
                    .filteredOn(check -> !check.ok() && !check.isOfBuilds())
                    .singleElement()
                    .satisfies(check -> assertThat(check.problem().orElseThrow().getMessage())
                            .contains("auth/token/create/jenkins"));
            SecretSource session = session(maker, build("shop/web"));
            assertThat(session.check(soon()))
                    .allMatch(SourceCheck::ok)
                    .extracting(SourceCheck::what)
                    .anyMatch(what -> what.contains("policies default jenkins-shop"));
        }
    }
}
