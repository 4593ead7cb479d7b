package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TroubleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SecretException WHY =
            new SecretException(Problem.DENIED, "source sm", "listing is denied", "allow it");

    @Test
    void shortFailureOfListingIsNobodysBusiness() {
        Duration almost = Trouble.LISTING_MAY_FAIL.minusSeconds(1);

        assertThat(troubles(failing(true, almost, Optional.empty()))).isEmpty();
    }

    @Test
    void listingThatFailsForMinutesIsTold() {
        assertThat(troubles(failing(true, Trouble.LISTING_MAY_FAIL, Optional.empty())))
                .singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.LISTING_FAILS);
                    assertThat(trouble.message())
                            .isEqualTo(
                                    "source sm cannot be listed: none of its credentials is shown: listing is denied."
                                            + " Allow it");
                });
    }

    @Test
    void sourceThatNobodyConfiguredIsToldOnceItHasWorked() {
        Duration hour = Duration.ofHours(1);

        assertThat(troubles(failing(false, hour, Optional.empty()))).isEmpty();
        assertThat(troubles(failing(false, hour, Optional.of(NOW.minus(hour)))))
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.what()).contains("as they were last known"));
    }

    @Test
    void sourceThatIsDownIsToldOnceThoughItsListingFailsToo() {
        Breaker.State open = new Breaker.State(
                Breaker.Phase.OPEN, NOW.minusSeconds(9), 3, Optional.of(WHY), Optional.of(NOW.plusSeconds(5)));

        assertThat(troubles(status(
                        true,
                        Optional.of(open),
                        Optional.of(new Listing(List.of(), Optional.empty(), Optional.of(WHY))),
                        Optional.of(NOW.minusSeconds(3600)),
                        Optional.empty())))
                .singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.DOWN);
                    assertThat(trouble.since()).isEqualTo(NOW.minusSeconds(9));
                });
    }

    @Test
    void loginThatCannotBeRenewedIsToldBeforeItEnds() {
        Instant soon = NOW.plus(Trouble.BEFORE_LOGIN_ENDS).minusSeconds(1);

        assertThat(troubles(loggedIn(soon, false))).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.LOGIN_ENDS);
            assertThat(trouble.message())
                    .contains("will soon lose its authentication", "the configured token ends at " + soon);
        });
        assertThat(troubles(loggedIn(NOW.minusSeconds(1), false)))
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.what()).isEqualTo("has lost its authentication"));
    }

    @Test
    void loginThatLastsOrIsRenewedIsNoTrouble() {
        assertThat(troubles(loggedIn(NOW.plusSeconds(60), true))).isEmpty();
        assertThat(troubles(loggedIn(NOW.plus(Duration.ofDays(30)), false))).isEmpty();
    }

    private static List<Trouble> troubles(SourceStatus status) {
        return Trouble.of(List.of(status), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static SourceStatus failing(boolean configured, Duration since, Optional<Instant> known) {
        return status(
                configured,
                Optional.empty(),
                Optional.of(new Listing(List.of(), known, Optional.of(WHY))),
                Optional.of(NOW.minus(since)),
                Optional.empty());
    }

    private static SourceStatus loggedIn(Instant ends, boolean renewable) {
        return status(
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new LoginLife("the configured token", ends, renewable)));
    }

    private static SourceStatus status(
            boolean configured,
            Optional<Breaker.State> breaker,
            Optional<Listing> listing,
            Optional<Instant> listingFails,
            Optional<LoginLife> login) {
        return new SourceStatus(
                "sm", SourceKind.SECRETS_MANAGER, root(), true, configured, breaker, listing, listingFails, login);
    }

    /** Jenkins itself has no name. */
    private static ItemGroup<?> root() {
        return (ItemGroup<?>) Proxy.newProxyInstance(
                TroubleTest.class.getClassLoader(), new Class<?>[] {ItemGroup.class}, (proxy, method, args) -> "");
    }
}
