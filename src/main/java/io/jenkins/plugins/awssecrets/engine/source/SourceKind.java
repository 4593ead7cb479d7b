package io.jenkins.plugins.awssecrets.engine.source;

import java.util.Arrays;
import java.util.Optional;

/** The backends. The symbol is the word used in YAML, Job DSL and Pipeline. One source of each is there by default. */
public enum SourceKind {
    SSM("ssm", "ssm", "AWS Systems Manager Parameter Store"),
    SECRETS_MANAGER("secretsManager", "sm", "AWS Secrets Manager"),
    VAULT("vault", "vault", "HashiCorp Vault");

    private final String symbol;
    private final String defaultId;
    private final String displayName;

    SourceKind(String symbol, String defaultId, String displayName) {
        this.symbol = symbol;
        this.defaultId = defaultId;
        this.displayName = displayName;
    }

    public String symbol() {
        return symbol;
    }

    /** The id of the source that is there by default, and of a configured one that is given none. */
    public String defaultId() {
        return defaultId;
    }

    public String displayName() {
        return displayName;
    }

    /** Whether most names have slashes, as folders in folders; those of Secrets Manager are names that may have some. */
    public boolean namesArePaths() {
        return this != SECRETS_MANAGER;
    }

    public static Optional<SourceKind> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(k -> k.symbol.equals(symbol)).findFirst();
    }
}
