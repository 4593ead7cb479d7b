package io.jenkins.plugins.awssecrets.engine.source;

import java.util.Arrays;
import java.util.Optional;

/** The backends. The symbol is the word used in YAML, Job DSL and Pipeline. */
public enum SourceKind {
    SSM("ssm", "AWS Systems Manager Parameter Store"),
    SECRETS_MANAGER("secretsManager", "AWS Secrets Manager"),
    VAULT("vault", "HashiCorp Vault");

    private final String symbol;
    private final String displayName;

    SourceKind(String symbol, String displayName) {
        this.symbol = symbol;
        this.displayName = displayName;
    }

    public String symbol() {
        return symbol;
    }

    public String displayName() {
        return displayName;
    }

    public static Optional<SourceKind> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(k -> k.symbol.equals(symbol)).findFirst();
    }
}
