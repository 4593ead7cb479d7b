package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
abstract class VaultContract {
    private final List<VaultSource> opened = new ArrayList<>();

    private VaultPeer peer;
    private Reading reading;

    abstract VaultPeer start();

    @BeforeEach
    void connect() {
        peer = start();
        reading = source(peer.logins().get(1), SourceFilter.NONE);
    }

    @AfterEach
    void disconnect() {
        opened.forEach(VaultSource::close);
        peer.close();
    }

    private Reading source(VaultLogin login, SourceFilter filter) {
        VaultSource source = new VaultSource("vault", VaultSettings.of(peer.address(), login), filter);
        opened.add(source);
        return new Reading(source);
    }

    /** @return the path that a reference has */
    private String write(String path, String json) {
        assertThat(peer.root()
                        .post(peer.versioned() + "/data/" + path, "{\"data\":" + json + "}")
                        .status())
                .isEqualTo(200);
        return peer.versioned() + "/" + path;
    }

    @Test
    void bothVersionsOfKvAreReadByTheSamePath() {
        String versioned = write("allowed/db", "{\"username\":\"u\",\"port\":5432}");
        peer.root().post(peer.plain() + "/allowed/db", "{\"password\":\"p\"}");
        String plain = peer.plain() + "/allowed/db";
        Map<Locator, Outcome> outcomes = reading.all(List.of(reading.locator(versioned), reading.locator(plain)));

        assertThat(Reading.payload(outcomes, reading.locator(versioned))).satisfies(p -> {
            assertThat(p.shape()).isEqualTo(SecretPayload.Shape.MEMBERS);
            assertThat(p.value().reveal()).contains("\"username\":\"u\"").contains("5432");
            assertThat(p.version()).hasValue("1");
            assertThat(p.changed()).isPresent();
            assertThat(p.lease()).isEmpty();
        });
        assertThat(Reading.payload(outcomes, reading.locator(plain)))
                .satisfies(p -> assertThat(p.value().reveal()).isEqualTo("{\"password\":\"p\"}"))
                .satisfies(p -> assertThat(p.version()).isEmpty());
    }

    @Test
    void versionsAreReadAndThoseThatAreGoneAreTold() {
        for (int i = 1; i <= 4; i++) {
            write("allowed/versions", "{\"n\":\"" + i + "\"}");
        }
        String path = peer.versioned() + "/allowed/versions";
        peer.root().post(peer.versioned() + "/delete/allowed/versions", "{\"versions\":[2]}");
        peer.root().post(peer.versioned() + "/destroy/allowed/versions", "{\"versions\":[3]}");

        assertThat(reading.text(path)).isEqualTo("{\"n\":\"4\"}");
        assertThat(reading.text(path, "1")).isEqualTo("{\"n\":\"1\"}");
        assertThat(reading.failure(reading.locator(path, "2")))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.DELETED))
                .satisfies(e -> assertThat(e.reason()).contains("deleted"));
        assertThat(reading.failure(reading.locator(path, "3")))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.DELETED))
                .satisfies(e -> assertThat(e.reason()).contains("destroyed"));
        assertThat(reading.failure(reading.locator(path, "9")).problem()).isEqualTo(Problem.NOT_FOUND);
        peer.root().send("DELETE", peer.versioned() + "/data/allowed/versions", "");
        assertThat(reading.failure(reading.locator(path)).problem()).isEqualTo(Problem.DELETED);
    }

    @Test
    void whatIsNotThereAndWhatIsNotAllowedAreToldApart() {
        write("forbidden", "{\"a\":\"b\"}");

        assertThat(reading.failure(reading.locator(peer.versioned() + "/allowed/none"))
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(reading.failure(reading.locator(peer.plain() + "/allowed/none"))
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(reading.failure(reading.locator(peer.versioned() + "/forbidden"))
                        .problem())
                .isEqualTo(Problem.DENIED);
        assertThat(reading.failure(reading.locator("no-such-mount/a")).problem())
                .isEqualTo(Problem.DENIED);
    }

    @Test
    void eachLoginReads() {
        String path = write("allowed/db", "{\"a\":\"b\"}");

        assertThat(peer.logins())
                .allSatisfy(login -> assertThat(source(login, SourceFilter.NONE).text(path))
                        .as(login.getClass().getSimpleName())
                        .isEqualTo("{\"a\":\"b\"}"));
    }

    @Test
    void eachForgedLoginIsRefused() {
        String path = write("allowed/db", "{\"a\":\"b\"}");

        assertThat(peer.forgedLogins()).allSatisfy(login -> {
            Reading forged = source(login, SourceFilter.NONE);
            assertThat(forged.failure(forged.locator(path)).problem())
                    .as(login.getClass().getSimpleName())
                    .isEqualTo(Problem.UNAUTHENTICATED);
        });
    }

    @Test
    void aWrappedSecretIdLogsInOnce() {
        String path = write("allowed/db", "{\"a\":\"b\"}");
        VaultLogin login = peer.wrappedLogin();
        Reading second = source(login, SourceFilter.NONE);

        assertThat(source(login, SourceFilter.NONE).text(path)).isEqualTo("{\"a\":\"b\"}");
        assertThat(second.failure(second.locator(path)).problem()).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void listsGoDownFoldersWithCustomMetadata() {
        for (int i = 0; i < 60; i++) {
            write("allowed/many/" + (i % 3) + "/s" + i, "{\"a\":\"b\"}");
        }
        write("allowed/tagged", "{\"a\":\"b\"}");
        peer.root()
                .post(
                        peer.versioned() + "/metadata/allowed/tagged",
                        "{\"custom_metadata\":{\"jenkins:credentials:type\":\"string\",\"team\":\"web\"}}");
        SourceFilter below = new SourceFilter(Optional.of(peer.versioned() + "/allowed"), Map.of(), Optional.empty());
        Reading listing = source(peer.logins().get(0), below);

        assertThat(listing.list())
                .extracting(SecretMetadata::name)
                .hasSize(61)
                .doesNotHaveDuplicates()
                .contains(peer.versioned() + "/allowed/many/0/s0");
        assertThat(listing.listed(peer.versioned() + "/allowed/tagged")).satisfies(m -> {
            assertThat(m.tags())
                    .containsEntry("jenkins:credentials:type", "string")
                    .containsEntry("team", "web");
            assertThat(m.version()).hasValue("1");
            assertThat(m.changed()).isPresent();
        });
        assertThat(listing.source().check(Reading.soon())).isNotEmpty().allMatch(SourceCheck::ok);
    }

    @Test
    void leasesAreRenewedAndRevoked() {
        assumeTrue(peer.leased().isPresent(), "this peer has no engine with leases");
        Locator path = reading.locator(peer.leased().orElseThrow());
        LeasedSource source = (LeasedSource) reading.source();
        SecretPayload first = reading.payload(path);
        SecretPayload second = reading.payload(path);
        SecretPayload.Lease lease = first.lease().orElseThrow();

        assertThat(first.value()).isNotEqualTo(second.value());
        assertThat(lease.seconds()).isBetween(3590L, 3600L);
        assertThat(lease.renewable()).isTrue();
        assertThat(leases()).hasSize(2);
        assertThat(source.renew(lease, Reading.soon()).seconds()).isBetween(3590L, 3600L);

        source.revoke(lease, Reading.soon());
        source.revoke(lease, Reading.soon());

        assertThat(leases()).hasSize(1);
    }

    @Test
    void closingASourceEndsItsLeases() {
        assumeTrue(peer.leased().isPresent(), "this peer has no engine with leases");
        Reading own = source(peer.logins().get(1), SourceFilter.NONE);
        own.payload(own.locator(peer.leased().orElseThrow()));
        assertThat(leases()).hasSize(1);

        own.source().close();

        awaitNoLeases();
    }

    /** Vault revokes the leases of a revoked token in the background. */
    private void awaitNoLeases() {
        for (int i = 0; i < 1000 && !leases().isEmpty(); i++) {
            Thread.onSpinWait();
        }
        assertThat(leases()).isEmpty();
    }

    private List<String> leases() {
        List<String> keys = new ArrayList<>();
        peer.root()
                .list("sys/leases/lookup/" + peer.leased().orElseThrow())
                .data()
                .path("keys")
                .forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
