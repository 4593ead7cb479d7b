package io.jenkins.plugins.awssecrets.credentials;

import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.Serializable;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that travel with their credential, as a snapshot for an agent needs them. Each is base64 in a {@link Secret},
 * so that XML holds it encrypted.
 */
final class FixedValues implements CredentialValues, Serializable {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Secret> values = new LinkedHashMap<>();

    private final boolean usernameSecret;

    FixedValues(Map<String, SecretValue> values, boolean usernameSecret) {
        this.usernameSecret = usernameSecret;
        values.forEach((field, value) ->
                this.values.put(field, Secret.fromString(Base64.getEncoder().encodeToString(value.bytes()))));
    }

    @Override
    public Optional<SecretValue> get(String field) {
        return Optional.ofNullable(values.get(field)).map(FixedValues::decoded);
    }

    @Override
    public Map<String, SecretValue> all() {
        Map<String, SecretValue> all = new LinkedHashMap<>();
        values.forEach((field, value) -> all.put(field, decoded(value)));
        return all;
    }

    @Override
    public boolean isUsernameSecret() {
        return usernameSecret;
    }

    @Override
    public CredentialValues forRun(Run<?, ?> run) {
        return this;
    }

    private static SecretValue decoded(Secret value) {
        return SecretValue.of(Base64.getDecoder().decode(value.getPlainText()));
    }
}
