package io.jenkins.plugins.awssecrets.engine.binding;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.registry.RegistryAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds a docker {@code config.json} that is logged in to registries. The file's form: the {@code auths} section of
 * Docker's command-line reference, keyed by registry host, with {@code auth} = base64 of {@code user:password}.
 */
public final class DockerConfig {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, SecretValue> auths = new LinkedHashMap<>();

    /** Adds a login; one for the same registry replaces the earlier. */
    public void add(String registry, SecretValue username, SecretValue password) {
        byte[] user = username.bytes();
        byte[] pass = password.bytes();
        byte[] pair = new byte[user.length + 1 + pass.length];
        System.arraycopy(user, 0, pair, 0, user.length);
        pair[user.length] = ':';
        System.arraycopy(pass, 0, pair, user.length + 1, pass.length);
        auths.put(key(registry), SecretValue.of(Base64.getEncoder().encode(pair)));
    }

    public boolean isEmpty() {
        return auths.isEmpty();
    }

    /** The file's content. */
    public SecretValue content() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode section = root.putObject("auths");
        auths.forEach((registry, auth) -> section.putObject(registry).put("auth", auth.reveal()));
        try {
            return SecretValue.of(JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
    }

    /** The {@code auth} texts, to be masked. */
    public java.util.Collection<SecretValue> secrets() {
        return java.util.List.copyOf(auths.values());
    }

    /** The key docker uses for a registry; for what is no address, the text itself. */
    static String key(String registry) {
        return registry.isBlank()
                ? RegistryAddress.DOCKER_HUB
                : RegistryAddress.of(registry).map(RegistryAddress::key).orElseGet(registry::strip);
    }
}
