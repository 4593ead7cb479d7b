package io.jenkins.plugins.awssecrets.engine.source.faults;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Backoff;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Background;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One source of its own behind proxies of its own: AWS' with a role to assume, so that its STS can fail too; Vault's with
 * an AppRole.
 */
final class Cell implements AutoCloseable {
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    /** Well beyond what a call over loopback takes on a busy machine; short enough to be waited for in many cells. */
    static final Duration BUDGET = Duration.ofSeconds(3);

    static final Duration BUDGET_OF_WHAT_LASTS = Duration.ofMillis(1_200);

    private final FaultProxy service;
    private final FaultProxy login;
    private final SecretSource source;
    private final Locator locator;

    Cell(
            SourceKind kind,
            DemoBackends backends,
            Optional<FaultProxy.Certificates> certificates,
            Optional<String> ca,
            Clock clock,
            Background background) {
        String id = kind.symbol();
        String name = kind == SourceKind.SSM ? "/ci/a" : kind == SourceKind.VAULT ? "secret/ci/a" : "ci/a";
        locator = new Locator(id, name, Optional.empty());
        service = new FaultProxy(
                switch (kind) {
                    case SSM -> backends.ssm();
                    case SECRETS_MANAGER -> backends.secretsManager();
                    case VAULT -> backends.vault();
                },
                certificates);
        login = kind == SourceKind.VAULT ? service : new FaultProxy(backends.sts(), certificates);
        source = switch (kind) {
            case SSM -> new SsmSource(id, aws(), filter("/ci/"));
            case SECRETS_MANAGER -> new SecretsManagerSource(id, aws(), filter("ci/"));
            case VAULT -> new VaultSource(id, vault(ca), filter("secret/ci"), clock, Backoff.real(), background);
        };
    }

    private static SourceFilter filter(String prefix) {
        return new SourceFilter(Optional.of(prefix), Map.of(), Optional.empty());
    }

    private AwsSettings aws() {
        return AwsSettings.DEFAULTS
                .withRegion("eu-west-1")
                .withEndpoint(service.uri())
                .withStsEndpoint(login.uri())
                .withLogin(new AwsLogin.StaticKeys("AKIADEMO", SecretValue.of("any"), Optional.empty()))
                .withChain(List.of(AssumeRole.of(ROLE)));
    }

    private VaultSettings vault(Optional<String> ca) {
        VaultLogin appRole = new VaultLogin.AppRole(
                "approle", "role-1", Optional.of(TextOrFile.of(SecretValue.of("secret-1"))), false);
        return VaultSettings.of(service.uri(), appRole)
                .withTls(ca.map(pem -> TextOrFile.of(SecretValue.of(pem))), Optional.empty())
                .withTimeouts(Duration.ofSeconds(5), BUDGET_OF_WHAT_LASTS);
    }

    SecretSource source() {
        return source;
    }

    FaultProxy service() {
        return service;
    }

    FaultProxy login() {
        return login;
    }

    /** What became of the secret; empty when it was given. */
    Optional<SecretException> fetch(Duration budget) {
        try {
            Outcome outcome =
                    source.fetch(List.of(locator), Deadline.in(budget)).get(locator);
            return outcome instanceof Outcome.Failed failed ? Optional.of(failed.why()) : Optional.empty();
        } catch (SecretException e) {
            return Optional.of(e);
        }
    }

    /** What became of the listing; empty when it was given. */
    Optional<SecretException> list(Duration budget) {
        try {
            List<SecretMetadata> listed = source.list(Deadline.in(budget));
            if (listed.isEmpty()) {
                throw new AssertionError("an outage that looks like no secrets");
            }
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.of(e);
        }
    }

    int connections() {
        return service.connections() + (login == service ? 0 : login.connections());
    }

    @Override
    public void close() {
        source.close();
        service.close();
        if (login != service) {
            login.close();
        }
    }
}
