package io.jenkins.plugins.awssecrets.engine.credential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of credential with their fields. The symbol is the word used in YAML, Job DSL, Pipeline and tags.
 *
 * <p>Member names besides the fields' own: those of Secrets Manager's rotation functions for databases, of Vault's AWS
 * secrets engine ({@code access_key}, {@code secret_key}, {@code security_token}) and of the AWS shared credentials file.
 */
public enum CredentialKind {
    STRING("string", FieldSpec.secret("secret")),
    USERNAME_PASSWORD("usernamePassword", FieldSpec.plain("username"), FieldSpec.secret("password")),
    DOCKER_REGISTRY(
            "dockerRegistry",
            FieldSpec.plain("registry").optional(),
            FieldSpec.plain("username"),
            FieldSpec.secret("password")),
    DATABASE(
            "database",
            FieldSpec.plain("engine").optional(),
            FieldSpec.plain("host").optional(),
            FieldSpec.plain("port").optional(),
            FieldSpec.plain("dbname").optional(),
            FieldSpec.plain("username"),
            FieldSpec.secret("password")),
    AWS(
            "aws",
            FieldSpec.plain("accessKeyId", "access_key", "aws_access_key_id", "AccessKeyId"),
            FieldSpec.secret("secretAccessKey", "secret_key", "aws_secret_access_key", "SecretAccessKey"),
            FieldSpec.secret("sessionToken", "security_token", "session_token", "aws_session_token", "SessionToken")
                    .optional(),
            FieldSpec.plain("region").optional()),
    SSH_KEY(
            "sshKey",
            FieldSpec.plain("username").optional(),
            FieldSpec.secret("privateKey", "private_key"),
            FieldSpec.secret("passphrase").optional()),
    CERTIFICATE(
            "certificate",
            FieldSpec.secret("keyStore", "key_store", "keystore").orBinary(),
            FieldSpec.secret("password").optional()),
    FILE(
            "file",
            FieldSpec.plain("fileName", "filename").optional(),
            FieldSpec.secret("content").orBinary());

    private final String symbol;
    private final List<FieldSpec> fields;

    CredentialKind(String symbol, FieldSpec... fields) {
        this.symbol = symbol;
        this.fields = List.of(fields);
    }

    public String symbol() {
        return symbol;
    }

    public List<FieldSpec> fields() {
        return fields;
    }

    public Optional<FieldSpec> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /** Whether one JSON secret can hold all fields ({@code from}). A kind of a single field has no use for it. */
    public boolean takesFrom() {
        return fields.size() > 1;
    }

    public static Optional<CredentialKind> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(k -> k.symbol.equals(symbol)).findFirst();
    }
}
