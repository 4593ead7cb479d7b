package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;

/** A source as configured. No client is made of it before it is used. */
public sealed interface SourceSpec {
    String id();

    SourceKind kind();

    SourceFilter filter();

    /** Parameter Store or Secrets Manager. */
    record Aws(String id, SourceKind kind, AwsSettings settings, SourceFilter filter) implements SourceSpec {}

    record Vault(String id, VaultSettings settings, SourceFilter filter) implements SourceSpec {
        @Override
        public SourceKind kind() {
            return SourceKind.VAULT;
        }

        /** Whether it makes a token of its own, which ends with the program and ends what was leased with it. */
        public boolean logsIn() {
            return !(settings.login() instanceof VaultLogin.Token
                    || settings.login() instanceof VaultLogin.TokenFile
                    || settings.login() instanceof VaultLogin.Agent);
        }
    }

    /** A default source that lacks what it needs; {@code why} is thrown when somebody uses it. */
    record Unset(String id, SourceKind kind, SecretException why) implements SourceSpec {
        @Override
        public SourceFilter filter() {
            return SourceFilter.NONE;
        }
    }
}
