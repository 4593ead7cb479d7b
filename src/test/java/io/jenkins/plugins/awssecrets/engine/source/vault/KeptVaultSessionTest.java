package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The token of a build's session is kept until it is revoked, also over a restart of the controller. */
@Timeout(120)
class KeptVaultSessionTest extends VaultOfBuilds {
    @Test
    void aSessionGoesOnAfterARestartWithoutALoginAndItsTokenIsRevoked() {
        VaultSource before = byIdToken("ci");
        assertReads(session(before, build("shop")), "secret/shop/db");
        backends.requests().clear();

        try (VaultSource after = byIdToken("ci");
                SecretSource shop = session(after, build("shop"))) {
            assertReads(shop, "secret/shop/db");
        }

        assertThat(operations()).containsExactly("mounts", "read", "revoke-self");
        assertThat(kept.values()).allMatch(Map::isEmpty);
    }

    @Test
    void aTokenIsShownToNoOtherVaultAndInNoOtherWayThanItWasMade() {
        VaultSource before = byIdToken("ci");
        assertReads(session(before, build("shop")), "secret/shop/db");

        try (VaultSource other = byIdToken("shop");
                SecretSource shop = session(other, build("shop"))) {
            assertReads(shop, "secret/shop/db");
        }
        assertThat(operations()).filteredOn("login"::equals).hasSize(2);
        assertThat(kept.values().stream().filter(m -> !m.isEmpty())).hasSize(1);
    }

    @Test
    void aTokenThatCouldNotBeRevokedStaysKept() {
        try (VaultSource source = byIdToken("ci")) {
            SecretSource shop = session(source, build("shop"));
            assertReads(shop, "secret/shop/db");
            backends.faults().inject(Service.VAULT, "revoke-self", Fault.status(503));
            shop.close();
            assertThat(kept.values().iterator().next()).hasSize(1);
            backends.faults().clear();
            session(source, build("shop")).close();
            assertThat(kept.values()).allMatch(Map::isEmpty);
        }
    }

    @Test
    void aTokenThatCannotBeKeptIsRevokedAtOnceAndNotUsed() {
        SessionStore full = new SessionStore() {
            @Override
            public Optional<Session> find(Key key) {
                return Optional.empty();
            }

            @Override
            public void keep(Key key, Session session) {
                throw new SecretException(Problem.INTERNAL, "build", "the disk is full", "make room");
            }

            @Override
            public void drop(Key key, SecretValue token) {
                // It was never kept.
            }
        };
        try (VaultSource source = byIdToken("ci");
                SecretSource shop = session(source, build("shop").keeping(SessionStore.NONE))) {
            assertReads(shop, "secret/shop/db");
            backends.requests().clear();
            SecretSource unlucky = session(source, build("shop").keeping(full));
            assertThat(failure(unlucky, "secret/shop/db").getMessage()).contains("the disk is full");
            assertThat(operations()).containsExactly("login", "revoke-self");
        }
    }
}
