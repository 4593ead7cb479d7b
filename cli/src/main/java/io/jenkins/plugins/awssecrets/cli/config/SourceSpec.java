package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.policy.VaultBuilds;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.util.Optional;

/** A source as configured. No client is made of it before it is used. */
public sealed interface SourceSpec {
    String id();

    SourceKind kind();

    SourceFilter filter();

    /**
     * Parameter Store or Secrets Manager.
     *
     * @param builds how builds of a Jenkins read from it as themselves; empty where they do not
     */
    record Aws(String id, SourceKind kind, AwsSettings settings, SourceFilter filter, Optional<PerBuild> builds)
            implements SourceSpec {
        public Aws(String id, SourceKind kind, AwsSettings settings, SourceFilter filter) {
            this(id, kind, settings, filter, Optional.empty());
        }
    }

    /**
     * @param withheld why it may not be used; thrown when somebody does
     * @param builds how builds of a Jenkins read from it as themselves; empty where they do not
     */
    record Vault(
            String id,
            VaultSettings settings,
            SourceFilter filter,
            Optional<SecretException> withheld,
            Optional<VaultBuilds> builds)
            implements SourceSpec {
        public Vault(String id, VaultSettings settings, SourceFilter filter) {
            this(id, settings, filter, Optional.empty(), Optional.empty());
        }

        @Override
        public SourceKind kind() {
            return SourceKind.VAULT;
        }

        /** Whether it makes a token of its own, which ends with the program and ends what was leased with it. */
        public boolean logsIn() {
            return !(settings.login() instanceof VaultLogin.Token
                    || settings.login() instanceof VaultLogin.EnvironmentToken
                    || settings.login() instanceof VaultLogin.TokenFile
                    || settings.login() instanceof VaultLogin.Agent);
        }
    }

    /** A source that lacks what it needs, or may not have it; {@code why} is thrown when somebody uses it. */
    record Unset(String id, SourceKind kind, SecretException why) implements SourceSpec {
        @Override
        public SourceFilter filter() {
            return SourceFilter.NONE;
        }
    }
}
