package io.jenkins.plugins.awssecrets.config.sources;

import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultEnvironment;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sources that exist without configuration: AWS with the SDK's default chain, Vault with what Vault's own command
 * line reads out of the environment. Secrets Manager alone is listed, as users of the existing provider expect; who did
 * not configure Parameter Store would only see denied calls.
 */
public final class DefaultSources {
    /** Their kinds by id. */
    public static final Map<String, SourceKind> KINDS = Arrays.stream(SourceKind.values())
            .collect(Collectors.toUnmodifiableMap(SourceKind::defaultId, kind -> kind));

    private final Map<String, String> environment;

    public DefaultSources(Map<String, String> environment) {
        this.environment = environment;
    }

    public Stream<LevelDefinition.Source> all() {
        return Arrays.stream(SourceKind.values()).map(kind -> new LevelDefinition.Source(
                        kind.defaultId(),
                        kind,
                        SourceFilter.none(kind),
                        kind == SourceKind.SECRETS_MANAGER,
                        () -> source(kind),
                        false)
                .madeOf(SettingsDigest.ofDefault(kind.defaultId())));
    }

    /** The source of a kind, which is made at its first call and tells then what it lacks. */
    public SecretSource source(SourceKind kind) {
        return new LazySource(kind.defaultId(), kind, () -> open(kind));
    }

    private SecretSource open(SourceKind kind) {
        return switch (kind) {
            case SSM -> new SsmSource(kind.defaultId(), aws(), SourceFilter.NONE);
            case SECRETS_MANAGER -> new SecretsManagerSource(kind.defaultId(), aws(), SourceFilter.NONE);
            case VAULT ->
                new VaultSource(kind.defaultId(), new VaultEnvironment(environment).settings(), SourceFilter.NONE);
        };
    }

    private static AwsSettings aws() {
        return JenkinsProxy.now()
                .forAws()
                .map(AwsSettings.DEFAULTS::withProxy)
                .orElse(AwsSettings.DEFAULTS)
                .withSessionName(ControllerName.forSessions());
    }
}
