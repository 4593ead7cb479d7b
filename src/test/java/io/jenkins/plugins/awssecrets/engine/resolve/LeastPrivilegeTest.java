package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller that may read what its builds name and nothing else: no listing, no batches, no other name. */
@Timeout(60)
class LeastPrivilegeTest {
    private static final Seed SEED = Seed.parse("""
            aws:
              accessKeys: [{ id: AKIALEAST, secret: made-up, user: least, policies: [named] }]
              policies:
                named:
                  - allow: ["ssm:GetParameters"]
                    on:
                      - "arn:aws:ssm:eu-west-1:123456789012:parameter/ci/user"
                      - "arn:aws:ssm:eu-west-1:123456789012:parameter/ci/host"
                  - allow: ["secretsmanager:GetSecretValue"]
                    on:
                      - "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ci/a-??????"
                      - "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ci/b-??????"
            ssm:
              - { name: /ci/user, value: u, type: SecureString }
              - { name: /ci/host, value: h }
              - { name: /ci/other, value: o }
            secretsManager: [{ name: ci/a, string: a }, { name: ci/b, string: b }, { name: ci/other, string: o }]
            vault:
              rootToken: root
              policies: { named: [{ path: secret/data/ci/a, capabilities: [read] }] }
              tokens: [{ id: hvs.least, policies: [named], ttl: 1h }]
              mounts:
                - path: secret
                  type: kv
                  version: 2
                  secrets: [{ path: ci/a, data: { k: v } }, { path: ci/other, data: { k: o } }]
            """);

    private final DemoBackends backends = DemoBackends.start(SEED);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Sources sources = new Sources(Stream.of(
                    new SsmSource("ssm", aws(backends.ssm()), filter("/ci/")),
                    new SecretsManagerSource("sm", aws(backends.secretsManager()), filter("ci/")),
                    new VaultSource(
                            "vault",
                            VaultSettings.of(backends.vault(), new VaultLogin.Token(SecretValue.of("hvs.least"))),
                            filter("secret/ci")))
            .map(GuardedSource::around)
            .toList());

    @AfterEach
    void stop() {
        sources.close();
        threads.shutdownNow();
        backends.close();
    }

    private static SourceFilter filter(String prefix) {
        return new SourceFilter(Optional.of(prefix), Map.of(), Optional.empty());
    }

    private static AwsSettings aws(URI endpoint) {
        return AwsSettings.DEFAULTS
                .withRegion("eu-west-1")
                .withEndpoint(endpoint)
                .withLogin(new AwsLogin.StaticKeys("AKIALEAST", SecretValue.of("made-up"), Optional.empty()));
    }

    private Snapshot resolve(String... references) {
        return new Resolver(sources, threads)
                .resolve(Stream.of(references).map(Reference::parse).toList(), Deadline.in(Duration.ofSeconds(20)));
    }

    @Test
    void whatIsNamedIsRead() {
        String[] references = {"ssm:/ci/user", "ssm:/ci/host", "sm:ci/a", "sm:ci/b", "vault:secret/ci/a#k"};

        Snapshot snapshot = resolve(references);

        assertThat(Stream.of(references).map(Reference::parse).map(r -> snapshot.value(r, false, false)
                        .reveal()))
                .containsExactly("u", "h", "a", "b", "v");
    }

    @Test
    void thatBatchesAreDeniedIsLearnedOnce() {
        resolve("sm:ci/a", "sm:ci/b");
        resolve("sm:ci/a", "sm:ci/b");

        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "BatchGetSecretValue"))
                .isEqualTo(1);
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "GetSecretValue"))
                .isEqualTo(4);
    }

    @Test
    void aNameThatIsNotAllowedIsToldAloneWithWhatToAllow() {
        for (String other : List.of("ssm:/ci/other", "sm:ci/other", "vault:secret/ci/other#k")) {
            SecretException why = catchThrowableOfType(
                    SecretException.class, () -> resolve("ssm:/ci/user", "sm:ci/a", "vault:secret/ci/a#k", other));

            assertThat(why.problem()).as(other).isEqualTo(Problem.DENIED);
            assertThat(why.subject()).isEqualTo(Reference.parse(other).locator().toString());
            assertThat(why.fix()).contains("other");
        }
    }

    @Test
    void listingIsDeniedAndNothingElseSuffers() {
        for (SecretSource source : sources.all()) {
            for (int i = 0; i < 5; i++) {
                assertThat(catchThrowableOfType(
                                        SecretException.class, () -> source.list(Deadline.in(Duration.ofSeconds(20))))
                                .problem())
                        .as(source.id())
                        .isEqualTo(Problem.DENIED);
            }
        }

        resolve("ssm:/ci/user", "sm:ci/a", "vault:secret/ci/a#k");
    }

    @Test
    void theConnectionTestFailsNoRequiredStep() {
        for (SecretSource source : sources.all()) {
            assertThat(source.check(Deadline.in(Duration.ofSeconds(20))))
                    .as(source.id())
                    .isNotEmpty()
                    .filteredOn(step -> step.required() && !step.ok())
                    .isEmpty();
        }
    }
}
