package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.Clients;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A user who may read nothing reads through a role, with the credentials that STS gave for it. */
@Timeout(120)
abstract class AssumeRoleContract {
    private final String name = "allowed/" + UUID.randomUUID();

    private AwsPeer peer;
    private AwsCredentials nobody;
    private List<AssumeRole> chain;
    private List<AssumeRole> longChain;

    abstract AwsPeer start();

    @BeforeEach
    void connect() {
        peer = start();
        try (SsmClient ssm = Clients.ssm(peer.ssm(), peer.admin());
                SecretsManagerClient secrets = Clients.secretsManager(peer.secretsManager(), peer.admin())) {
            ssm.putParameter(r -> r.name("/" + name).value("parameter").type(ParameterType.STRING));
            secrets.createSecret(r -> r.name(name).secretString("secret"));
        }
        nobody = peer.nobody();
        String reader = peer.readerRole();
        AssumeRole withEverything = new AssumeRole(
                reader, Optional.of("an-external-id"), Optional.of("team/job #7"), Optional.of(Duration.ofMinutes(15)));
        chain = List.of(AssumeRole.of(reader));
        longChain = List.of(AssumeRole.of(peer.steppingRole()), withEverything);
        peer.enforcePermissions();
    }

    @AfterEach
    void disconnect() {
        peer.close();
    }

    @Test
    void theRoleReadsParameters() {
        AwsSettings settings = peer.settings(peer.ssm(), nobody);
        Reading without = new Reading(new SsmSource("ssm", settings, SourceFilter.NONE));
        Reading with = new Reading(
                new SsmSource("ssm", settings.withChain(chain).withSessionName("job #7"), SourceFilter.NONE));

        assertThat(without.failure(without.locator("/" + name)).problem()).isEqualTo(peer.told(Problem.DENIED));
        assertThat(with.text("/" + name)).isEqualTo("parameter");
        without.source().close();
        with.source().close();
    }

    @Test
    void theRoleReadsSecrets() {
        AwsSettings settings = peer.settings(peer.secretsManager(), nobody);
        Reading without = new Reading(new SecretsManagerSource("sm", settings, SourceFilter.NONE));
        Reading with = new Reading(new SecretsManagerSource("sm", settings.withChain(chain), SourceFilter.NONE));

        assertThat(without.failure(without.locator(name)).problem()).isEqualTo(peer.told(Problem.DENIED));
        assertThat(with.text(name)).isEqualTo("secret");
        without.source().close();
        with.source().close();
    }

    @Test
    void aRoleThatMayReadNothingEitherAssumesTheOneThatReads() {
        AwsSettings settings = peer.settings(peer.ssm(), nobody);
        Reading halfWay =
                new Reading(new SsmSource("ssm", settings.withChain(longChain.subList(0, 1)), SourceFilter.NONE));
        Reading whole = new Reading(new SsmSource("ssm", settings.withChain(longChain), SourceFilter.NONE));

        assertThat(halfWay.failure(halfWay.locator("/" + name)).problem()).isEqualTo(peer.told(Problem.DENIED));
        assertThat(whole.text("/" + name)).isEqualTo("parameter");
        halfWay.source().close();
        whole.source().close();
    }

    @Test
    void aBuildReadsInASessionOfItsOwnAsFarAsItsRoleAllows() {
        for (boolean exact : List.of(false, true)) {
            AwsSettings settings = peer.settings(peer.ssm(), nobody);
            SsmSource reads =
                    new SsmSource("ssm", settings.withPerBuild(forBuilds(chain.get(0), exact)), SourceFilter.NONE);
            SsmSource lacks =
                    new SsmSource("ssm", settings.withPerBuild(forBuilds(longChain.get(0), exact)), SourceFilter.NONE);
            try (reads;
                    lacks) {
                assertThat(new Reading(reads.forBuild(build(7)).orElseThrow()).text("/" + name))
                        .isEqualTo("parameter");
                Reading denied = new Reading(lacks.forBuild(build(8)).orElseThrow());
                assertThat(denied.failure(denied.locator("/" + name)).problem()).isEqualTo(peer.told(Problem.DENIED));
            }
        }
    }

    /** With all that STS is to take of a build: its name, its tags, and a policy of what it asks for. */
    private static Optional<PerBuild> forBuilds(AssumeRole role, boolean exact) {
        return Optional.of(new PerBuild(
                Optional.empty(),
                List.of(),
                Optional.of(new PerBuild.Role(
                        PerBuild.roleArn("roleArn", role.roleArn()),
                        Optional.empty(),
                        Optional.of(Duration.ofMinutes(15)),
                        true,
                        exact))));
    }

    private static BuildIdentity build(int number) {
        return new BuildIdentity(
                "https://ci.example/", "team/web", Optional.of("main"), "team/web/main", number, (place, id) -> {
                    throw new AssertionError("no ID token is asked for");
                });
    }

    @Test
    void aKeyThatIsNotTheUsersIsRefused() {
        AwsCredentials forged = AwsPeer.credentials(nobody.accessKeyId(), "forged");
        Reading reading = new Reading(
                new SsmSource("ssm", peer.settings(peer.ssm(), forged).withChain(chain), SourceFilter.NONE));

        assertThat(reading.failure(reading.locator("/" + name)).problem())
                .isEqualTo(peer.told(Problem.UNAUTHENTICATED));
        reading.source().close();
    }
}
