package io.jenkins.plugins.awssecrets.engine.placement;

import io.jenkins.plugins.awssecrets.engine.source.Inventory.Kept;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;

/** What a secret is kept in, as far as it concerns money. */
public enum Service {
    PARAMETER_STORE("Parameter Store", "parameterStore.standard"),
    PARAMETER_STORE_ADVANCED("Parameter Store, advanced", "parameterStore.advanced"),
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
            case SSM -> kept.advanced() ? PARAMETER_STORE_ADVANCED : PARAMETER_STORE;
            case SECRETS_MANAGER -> SECRETS_MANAGER;
            case VAULT -> VAULT;
        };
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Of its prices in the table. */
    String key() {
        return key;
    }
}
