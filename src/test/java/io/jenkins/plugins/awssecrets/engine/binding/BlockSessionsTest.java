package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumedKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions of roles in the place of stored keys: in variables, in a file that is renewed, and when. */
class BlockSessionsTest {
    private static final Instant START = Instant.parse("2026-05-06T07:00:00Z");
    private static final Reference STORED = Reference.parse("sm:ci/key");

    private Instant now = START;

    private static AssumedKeys keys(int number, Instant end) {
        return new AssumedKeys(
                "ASIA" + number,
                SecretValue.of("session-secret-" + number),
                SecretValue.of("session-token-" + number),
                Optional.of(end));
    }

    private static BoundEnvironment stored(List<BoundFile> files) {
        return new BoundEnvironment(
                Map.of(
                        "AWS_ACCESS_KEY_ID", SecretValue.of("AKIASTORED"),
                        "AWS_SECRET_ACCESS_KEY", SecretValue.of("stored-secret"),
                        "AWS_REGION", SecretValue.of("eu-west-1")),
                files,
                Set.of("AWS_SECRET_ACCESS_KEY"),
                Set.of(SecretValue.of("stored-secret")),
                Set.of(),
                Set.of());
    }

    @Test
    void aSessionTakesThePlaceOfTheKeysAndIsMasked() {
        BoundEnvironment bound = stored(List.of()).withSession("AWS", keys(1, START));

        assertThat(bound.variables())
                .containsEntry("AWS_ACCESS_KEY_ID", SecretValue.of("ASIA1"))
                .containsEntry("AWS_SECRET_ACCESS_KEY", SecretValue.of("session-secret-1"))
                .containsEntry("AWS_SESSION_TOKEN", SecretValue.of("session-token-1"))
                .containsEntry("AWS_REGION", SecretValue.of("eu-west-1"))
                .doesNotContainKey("AWS_PROFILE");
        assertThat(bound.sensitive()).contains("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
        assertThat(bound.secrets())
                .contains(
                        SecretValue.of("stored-secret"),
                        SecretValue.of("session-secret-1"),
                        SecretValue.of("session-token-1"));
        assertThat(bound.files()).isEmpty();
    }

    @Test
    void itsProfileStandsBesideThoseOfTheBlock() {
        BoundEnvironment bound = stored(List.of())
                .withRenewedSession("AWS", keys(1, START), Optional.of("eu-west-1"))
                .withRenewedSession("OTHER", keys(2, START), Optional.empty());

        assertThat(bound.files())
                .filteredOn(BoundFile::renewed)
                .extracting(BoundFile::path)
                .containsExactly("aws/AWS.json", "aws/OTHER.json");
        assertThat(bound.files())
                .filteredOn(file -> file.variable().equals("AWS_CONFIG_FILE"))
                .singleElement()
                .satisfies(file -> assertThat(AwsProfiles.parse(file.content()))
                        .containsExactly(
                                new AwsProfiles.Profile(
                                        "aws-secrets-aws", "aws/AWS.json", Optional.of("eu-west-1"), true),
                                new AwsProfiles.Profile(
                                        "aws-secrets-other", "aws/OTHER.json", Optional.empty(), false)));
        assertThat(bound.variables())
                .containsEntry("AWS_PROFILE", SecretValue.of("aws-secrets-aws"))
                .containsEntry("OTHER_PROFILE", SecretValue.of("aws-secrets-other"));
        assertThat(bound.secrets()).contains(bound.files().get(0).content());
    }

    @Test
    void whatItsProcessPrintsIsWhatAwsToolsRead() {
        assertThat(JsonTree.read(keys(1, START).printed().bytes()).orElseThrow())
                .isEqualTo(JsonTree.read("""
                    {"Version": 1, "AccessKeyId": "ASIA1", "SecretAccessKey": "session-secret-1",
                     "SessionToken": "session-token-1", "Expiration": "2026-05-06T07:00:00Z"}
                    """.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow());
        assertThat(keys(1, START).toString()).doesNotContain("session-");
    }

    @Test
    void itIsMadeAnewInTheMiddleOfItsLifeAndReadsWhatItIsMadeWithAgain() {
        Sessions sessions = new Sessions();
        sessions.in(stored(List.of()));
        List<Collection<Reference>> read = new ArrayList<>();
        List<BoundEnvironment> written = new ArrayList<>();
        List<String> reports = new ArrayList<>();
        Renewal renewal = new Renewal(
                new BindingPlan(),
                sessions,
                Snapshot.EMPTY,
                asked -> {
                    read.add(List.copyOf(asked));
                    return Snapshot.EMPTY;
                },
                written::add,
                reports::add,
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public java.time.ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }
                });
        assertThat(renewal.due()).contains(START.plus(Duration.ofMinutes(30)));

        assertThat(renewal.renew()).as("not due yet").isEqualTo(START.plus(Duration.ofMinutes(30)));
        assertThat(written).isEmpty();
        now = START.plus(Duration.ofMinutes(30));
        assertThat(renewal.renew()).isEqualTo(START.plus(Duration.ofMinutes(60)));
        assertThat(read).containsExactly(List.of(STORED));
        assertThat(written).singleElement().satisfies(bound -> assertThat(bound.variables())
                .containsEntry("AWS_SESSION_TOKEN", SecretValue.of("session-token-2")));

        now = START.plus(Duration.ofMinutes(60));
        sessions.refused = true;
        assertThat(renewal.renew()).isEqualTo(now.plus(Duration.ofMinutes(1)));
        now = now.plus(Duration.ofMinutes(1));
        renewal.renew();
        assertThat(reports)
                .containsExactly("Short-lived credentials could not be renewed: role: no longer allowed. Ask for it."
                        + " It is tried again every minute");
        sessions.refused = false;
        now = now.plus(Duration.ofMinutes(1));
        assertThat(renewal.renew()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        assertThat(written).hasSize(2);
    }

    private final class Sessions implements BlockSessions {
        private int made;
        private boolean refused;
        private Optional<Instant> due = Optional.empty();

        @Override
        public BoundEnvironment in(BoundEnvironment bound) {
            if (refused) {
                throw new SecretException(Problem.DENIED, "role", "no longer allowed", "ask for it");
            }
            made++;
            due = Optional.of(now.plus(Duration.ofMinutes(30)));
            return bound.withRenewedSession("AWS", keys(made, now.plus(Duration.ofHours(1))), Optional.empty());
        }

        @Override
        public Optional<Instant> due() {
            return due;
        }

        @Override
        public Set<Reference> references() {
            return Set.of(STORED);
        }
    }
}
