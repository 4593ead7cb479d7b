package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCacheTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Listed source = new Listed();
    private final MovableClock time = new MovableClock();
    private final HeldTasks queue = new HeldTasks();
    private final List<Listing> kept = new ArrayList<>();
    private final MetadataCache cache = cache(Optional.empty());

    @Test
    void theFirstReaderStartsTheOnlyRefresh() {
        assertThat(cache.current().asOf()).isEmpty();
        cache.current();
        assertThat(queue.tasks).hasSize(1);

        queue.run();

        assertThat(names(cache.current())).containsExactly("a");
        assertThat(kept).hasSize(1);
    }

    @Test
    void whatIsFreshIsServedWithoutACall() {
        known();
        time.forward(Duration.ofMinutes(3));

        cache.current();

        assertThat(queue.tasks).isEmpty();
    }

    @Test
    void inTheLastFifthAReaderIsServedAtOnceAndARefreshRuns() {
        known();
        source.names = List.of("a", "b");
        time.forward(Duration.ofMinutes(4));

        assertThat(names(cache.current())).containsExactly("a");
        queue.run();

        assertThat(names(cache.current())).containsExactly("a", "b");
    }

    @Test
    void whileTheSourceIsDownWhatWasKnownIsServedWithItsAgeAndTheCause() {
        known();
        Instant then = time.instant();
        source.failing = true;
        time.forward(Duration.ofMinutes(20));

        cache.current();
        queue.run();

        Listing listing = cache.current();
        assertThat(names(listing)).containsExactly("a");
        assertThat(listing.asOf()).contains(then);
        assertThat(listing.problem()).map(SecretException::problem).contains(Problem.UNREACHABLE);
    }

    @Test
    void aFailureIsNotTriedAgainAtOnceAndTheWaitGrows() {
        source.failing = true;
        cache.current();
        queue.run();
        cache.current();
        assertThat(queue.tasks).as("at once").isEmpty();

        time.forward(Duration.ofSeconds(6));
        cache.current();
        queue.run();
        time.forward(Duration.ofMillis(4_900));
        cache.current();
        assertThat(queue.tasks).as("before half of the doubled wait").isEmpty();

        time.forward(Duration.ofSeconds(6));
        cache.current();
        assertThat(queue.tasks).as("after the doubled wait").hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotPutOffTheNextTry() {
        source.failing = true;
        cache.current();
        queue.run();
        time.forward(Duration.ofHours(-3));

        cache.current();

        assertThat(queue.tasks).hasSize(1);
    }

    @Test
    void recoveryNeedsNoRestart() {
        source.failing = true;
        cache.current();
        queue.run();
        source.failing = false;
        time.forward(Duration.ofMinutes(5));
        cache.current();
        queue.run();

        assertThat(cache.current().problem()).isEmpty();
        assertThat(names(cache.current())).containsExactly("a");
    }

    @Test
    void aReaderThatKnowsNothingWaitsNoLongerThanItsPatience() {
        Listing listing = cache.await(Duration.ofMillis(20));

        assertThat(listing.asOf()).isEmpty();
    }

    @Test
    void aListingThatWasForgottenKeepsItsAgeAndIsRefreshed() {
        known();
        time.forward(Duration.ofSeconds(30));
        source.names = List.of("b");
        cache.expire();

        assertThat(cache.current().age(time)).contains(Duration.ofSeconds(30));
        queue.run();

        assertThat(names(cache.current())).containsExactly("b");
        assertThat(cache.current().age(time)).contains(Duration.ZERO);
        assertThat(queue.tasks).isEmpty();
    }

    @Test
    void aRefreshThatBeganBeforeTheListingWasForgottenIsFollowedByAnother() {
        cache.current();
        cache.expire();
        queue.run();

        cache.current();

        assertThat(queue.tasks).hasSize(1);
    }

    @Test
    void forgettingDoesNotWaitForAFailingSourcesPause() {
        source.failing = true;
        cache.current();
        queue.run();
        source.failing = false;
        cache.expire();
        cache.current();
        queue.run();

        assertThat(cache.current().problem()).isEmpty();
    }

    @Test
    void aListingFromTheFutureIsNoFreshOne() {
        known();
        time.forward(Duration.ofDays(-400));

        cache.current();

        assertThat(queue.tasks).hasSize(1);
        assertThat(cache.current().age(time)).contains(Duration.ZERO);
    }

    @Test
    void aListingThatNobodyAskedForInItsLifetimeIsWaitedFor() throws Exception {
        known();
        source.names = List.of("b");
        time.forward(Duration.ofHours(8));

        CompletableFuture<Listing> reader = CompletableFuture.supplyAsync(() -> cache.await(Duration.ofSeconds(20)));
        queue.awaitTask();
        queue.run();

        assertThat(names(reader.get())).containsExactly("b");
    }

    @Test
    void nobodyWaitsForASourceThatFails() {
        known();
        source.failing = true;
        time.forward(Duration.ofHours(8));
        cache.current();
        queue.run();
        time.forward(Duration.ofSeconds(10));

        Listing listing = cache.await(Duration.ofDays(1));

        assertThat(queue.tasks).as("the refresh that runs meanwhile").hasSize(1);
        assertThat(names(listing)).containsExactly("a");
        assertThat(listing.problem()).isPresent();
    }

    @Test
    void whoComesLateToARefreshThatHangsDoesNotWaitForItAnew() {
        cache.current();
        time.forward(Duration.ofSeconds(3));

        assertThat(cache.await(Duration.ofSeconds(3)).asOf()).isEmpty();
    }

    @Test
    void whatAnEarlierProcessKnewIsServedFromTheStart(@TempDir Path directory) throws IOException {
        known();
        ListingFile file = new ListingFile("sm", directory.resolve("cache/sm.json"));
        file.write(kept.get(0));

        MetadataCache next = cache(file.read());

        assertThat(next.current().secrets())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("tags")
                .isEqualTo(cache.current().secrets());
        assertThat(next.current().asOf()).isEqualTo(cache.current().asOf());
        assertThat(Files.list(directory.resolve("cache"))).hasSize(1);
    }

    @Test
    void whatAnEarlierProcessKnewServesUntilTheFirstRefreshHoweverOldAndWhoMissesSomethingWaits() throws Exception {
        known();
        source.names = List.of("a", "new");
        time.forward(Duration.ofDays(3));
        MetadataCache next = cache(Optional.of(kept.get(0)));

        assertThat(names(next.await(Duration.ofSeconds(20)))).containsExactly("a");
        CompletableFuture<Listing> missing = CompletableFuture.supplyAsync(() -> next.awaitOwn(Duration.ofSeconds(20)));
        queue.awaitTask();
        queue.run();

        assertThat(names(missing.get())).containsExactly("a", "new");
        assertThat(names(next.await(Duration.ZERO))).containsExactly("a", "new");
    }

    @Test
    void aDamagedFileIsAsGoodAsNone(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("sm.json");
        assertThat(new ListingFile("sm", path).read()).isEmpty();
        for (String text : List.of("", "{", "[]", "null", "{\"format\":1,\"source\":\"sm\",\"asOf\":\"soon\"}")) {
            Files.writeString(path, text);
            assertThat(new ListingFile("sm", path).read()).as(text).isEmpty();
        }
    }

    @Test
    void onlyTheTagsThatMakeCredentialsReachTheDisk(@TempDir Path directory) throws IOException {
        known();
        Path path = directory.resolve("sm.json");
        new ListingFile("sm", path).write(kept.get(0));

        assertThat(Files.readString(path)).contains("jenkins:credentials:type").doesNotContain("team");
    }

    private void known() {
        cache.current();
        queue.run();
    }

    private MetadataCache cache(Optional<Listing> known) {
        return new MetadataCache(source, LIFETIME, time, queue, known, kept::add);
    }

    private static List<String> names(Listing listing) {
        return listing.secrets().stream().map(SecretMetadata::name).toList();
    }

    private static final class Listed extends FakeSource {
        List<String> names = List.of("a");
        boolean failing;

        Listed() {
            super("sm", SourceKind.SECRETS_MANAGER);
        }

        @Override
        public List<SecretMetadata> list(Deadline deadline) {
            if (failing) {
                throw new SecretException(Problem.UNREACHABLE, "source sm", "refused", "start it");
            }
            return names.stream()
                    .map(name -> new SecretMetadata(
                            "sm",
                            name,
                            "about " + name,
                            name.equals("a") ? Map.of("jenkins:credentials:type", "string", "team", "web") : Map.of(),
                            Optional.of("v1"),
                            Optional.of(Instant.EPOCH),
                            Optional.of(new Rotation(true, Optional.of(30), Optional.empty(), Optional.empty()))))
                    .toList();
        }
    }
}
