package io.jenkins.plugins.awssecrets.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExaminationTest {
    private static final CredentialDefinition HUB = new DefinitionParser(Map.of("sm", SourceKind.SECRETS_MANAGER))
            .parse("hub", Kinds.STRING, "", Map.of("secret", "sm:ci/hub"), false);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void anIdThatAnotherProviderHasIsTold() throws InterruptedException {
        List<Examined> all = examine(
                new FakeSource("sm", SourceKind.SECRETS_MANAGER),
                new Setup(Map.of(), List.of(HUB), false, Map.of(), Map.of("hub", "the Jenkins credentials store")));

        assertThat(finding(all, Cause.SHADOWED)).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message()).contains("the Jenkins credentials store has a credential with this id too");
        });
    }

    @Test
    void whatNobodyForesawIsToldByItsTypeAlone() throws InterruptedException {
        SecretSource broken = new FakeSource("sm", SourceKind.SECRETS_MANAGER) {
            @Override
            public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
                throw new IllegalStateException("canary");
            }
        };

        List<Examined> all = examine(broken, new Setup(Map.of(), List.of(HUB), false, Map.of(), Map.of()));

        assertThat(finding(all, Cause.OTHER).message())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("canary");
    }

    @Test
    void aSourceThatGivesNoAnswerForASecretIsADefect() throws InterruptedException {
        SecretSource silent = new FakeSource("sm", SourceKind.SECRETS_MANAGER) {
            @Override
            public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
                return Map.of();
            }
        };

        List<Examined> all = examine(silent, new Setup(Map.of(), List.of(HUB), false, Map.of(), Map.of()));

        assertThat(finding(all, Cause.OTHER).problem()).isEqualTo(Problem.INTERNAL);
    }

    @Test
    void aSourceThatCannotBeMadeFailsWithWhatNeedsIt() throws InterruptedException {
        SecretException why = new SecretException(Problem.MALFORMED, "source sm", "no region", "set it");
        try (Sources none = new Sources(List.of())) {
            List<Examined> all = new Examination(
                            none, threads, new Setup(Map.of(), List.of(HUB), false, Map.of("sm", why), Map.of()))
                    .run(Deadline.in(Duration.ofSeconds(20)));

            assertThat(all).extracting(Examined::subject).containsExactly("source sm", "credential hub");
            assertThat(all).allMatch(Examined::failed);
            assertThat(all)
                    .allSatisfy(examined ->
                            assertThat(examined.findings().get(0).reason()).isEqualTo("no region"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "fetch", "list"})
    void aSourceThatHangsLeavesTheOthersTheirTime(String where) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        SecretSource hung = new FakeSource("ssm", SourceKind.SSM) {
            @Override
            public List<SourceCheck> check(Deadline deadline) {
                hang("check");
                return super.check(deadline);
            }

            @Override
            public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
                hang("fetch");
                return super.fetch(locators, deadline);
            }

            @Override
            public List<SecretMetadata> list(Deadline deadline) {
                hang("list");
                return super.list(deadline);
            }

            private void hang(String step) {
                try {
                    if (step.equals(where)) {
                        never.await();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        SecretMetadata tagged = new SecretMetadata(
                "sm",
                "ci/found",
                "",
                Map.of("jenkins:credentials:type", "string"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        SecretSource well = new FakeSource("sm", SourceKind.SECRETS_MANAGER) {
            @Override
            public List<SecretMetadata> list(Deadline deadline) {
                return List.of(tagged);
            }
        }.with("ci/hub", "made-up").with("ci/found", "made-up");
        CredentialDefinition hangs = new DefinitionParser(Map.of("ssm", SourceKind.SSM))
                .parse("hangs", Kinds.STRING, "", Map.of("secret", "ssm:/ci/x"), false);

        try (Sources sources = new Sources(List.of(hung, well))) {
            List<Examined> all = new Examination(
                            sources, threads, new Setup(Map.of(), List.of(HUB, hangs), true, Map.of(), Map.of()))
                    .run(Deadline.in(Duration.ofSeconds(9)));

            assertThat(all)
                    .filteredOn(e -> e.subject().endsWith(" hub") || e.subject().endsWith("found"))
                    .hasSize(2)
                    .noneMatch(Examined::failed);
            assertThat(finding(all, Cause.TIMED_OUT).source()).contains("ssm");
        }
    }

    private List<Examined> examine(SecretSource source, Setup setup) throws InterruptedException {
        try (Sources sources = new Sources(List.of(source))) {
            return new Examination(sources, threads, setup).run(Deadline.in(Duration.ofSeconds(20)));
        }
    }

    private static Finding finding(List<Examined> all, Cause cause) {
        return all.stream()
                .flatMap(e -> e.findings().stream())
                .filter(f -> f.cause() == cause)
                .findFirst()
                .orElseThrow(() -> new AssertionError(all.toString()));
    }
}
