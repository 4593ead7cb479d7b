package io.jenkins.plugins.awssecrets.engine.placement;

import io.jenkins.plugins.awssecrets.engine.source.Inventory.Kept;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;

/** What a secret is kept in, as far as it concerns money. */
public enum Service {
    PARAMETER_STORE("Parameter Store", "parameterStore.standard"),
    PARAMETER_STORE_ENCRYPTED("Parameter Store, SecureString", "parameterStore.standard"),
    PARAMETER_STORE_ADVANCED("Parameter Store, advanced", "parameterStore.advanced"),
    PARAMETER_STORE_ADVANCED_ENCRYPTED("Parameter Store, advanced SecureString", "parameterStore.advanced"),
    SECRETS_MANAGER("Secrets Manager", "secretsManager"),
    /** One's own server, or one with a price list of its own. */
    VAULT("Vault", ""),
    /** A source's login makes it when it is needed. */
    MADE("nothing stored, nothing to rotate", ""),
    /** The source has no secret of this name: a reference that is wrong costs nothing. */
    NOWHERE("nowhere: secret not found", "");

    private final String words;
    private final String key;

    Service(String words, String key) {
        this.words = words;
        this.key = key;
    }

    static Service of(SourceKind kind, Kept kept) {
        return switch (kind) {
            case SSM ->
                switch (kept) {
                    case PLAIN -> PARAMETER_STORE;
                    case ENCRYPTED -> PARAMETER_STORE_ENCRYPTED;
                    case PLAIN_ADVANCED -> PARAMETER_STORE_ADVANCED;
                    case ENCRYPTED_ADVANCED -> PARAMETER_STORE_ADVANCED_ENCRYPTED;
                };
            case SECRETS_MANAGER -> SECRETS_MANAGER;
            case VAULT -> VAULT;
        };
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether each read is a call of KMS as well, which has its own price; Secrets Manager's own key has none. */
    boolean decrypts() {
        return this == PARAMETER_STORE_ENCRYPTED || this == PARAMETER_STORE_ADVANCED_ENCRYPTED;
    }

    /** Of its prices in the table. */
    String key() {
        return key;
    }
}
