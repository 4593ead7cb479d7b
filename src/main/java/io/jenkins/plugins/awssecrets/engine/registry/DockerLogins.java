package io.jenkins.plugins.awssecrets.engine.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logins of a docker {@code config.json}: as docker writes it, as Kubernetes keeps it in a secret of the type
 * {@code kubernetes.io/dockerconfigjson}, and the older {@code .dockercfg} without {@code auths}.
 */
public final class DockerLogins {
    private static final List<String> MEMBERS =
            List.of(".dockerconfigjson", ".dockercfg", "dockerconfigjson", "config.json");

    private DockerLogins() {}

    /**
     * One login as an object of {@code registry}, {@code username} and {@code password}; empty where the object is no
     * docker configuration.
     *
     * @param wanted the registry to log in to; empty where the configuration decides
     * @throws SecretException where it has none, several, or a login that is no password
     */
    public static Optional<JsonNode> login(JsonNode stored, Optional<String> wanted) {
        return auths(stored).map(auths -> {
            Map<String, JsonNode> logins = new LinkedHashMap<>();
            auths.fields().forEachRemaining(auth -> logins.put(auth.getKey(), auth.getValue()));
            Optional<String> key = wanted.flatMap(RegistryAddress::of).map(RegistryAddress::key);
            List<String> found = logins.keySet().stream()
                    .filter(name -> key.isEmpty() || keyOf(name).equals(key.get()))
                    .toList();
            if (found.size() != 1) {
                throw failure(
                        found.isEmpty()
                                ? "the docker configuration has no login"
                                        + (key.isPresent() ? " for that registry" : "")
                                : "the docker configuration has logins for several registries: "
                                        + String.join(", ", found),
                        found.isEmpty()
                                ? "store one that has its logins in auths, not in a credentials helper"
                                : "name one of them as registry");
            }
            return login(found.get(0), logins.get(found.get(0)));
        });
    }

    private static Optional<JsonNode> auths(JsonNode stored) {
        if (stored.path("auths").isObject()) {
            return Optional.of(stored.get("auths"));
        }
        for (String member : MEMBERS) {
            JsonNode inner = stored.path(member);
            if (inner.isObject()) {
                return auths(inner).or(() -> Optional.of(inner));
            }
            if (inner.isTextual()) {
                return text(inner.asText()).flatMap(tree -> auths(tree).or(() -> Optional.of(tree)));
            }
        }
        return isOldForm(stored) ? Optional.of(stored) : Optional.empty();
    }

    /** JSON, or JSON in base64 as Kubernetes' API has it. */
    private static Optional<JsonNode> text(String text) {
        return object(text.getBytes(StandardCharsets.UTF_8))
                .or(() -> decoded(text).flatMap(DockerLogins::object));
    }

    private static Optional<JsonNode> object(byte[] text) {
        return JsonTree.read(text).filter(JsonNode::isObject);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOldForm(JsonNode stored) {
        List<JsonNode> values = new ArrayList<>();
        stored.elements().forEachRemaining(values::add);
        return !values.isEmpty() && values.stream().allMatch(value -> value.isObject() && value.has("auth"));
    }

    private static String keyOf(String name) {
        return RegistryAddress.of(name).map(RegistryAddress::key).orElse(name);
    }

    private static JsonNode login(String registry, JsonNode auth) {
        String username = auth.path("username").asText("");
        String password = auth.path("password").asText("");
        if (password.isEmpty() && auth.hasNonNull("auth")) {
            String pair = decoded(auth.get("auth").asText())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw failure("the docker configuration's auth is not base64 of user:password", "store it again");
            }
            username = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        if (password.isEmpty()) {
            throw failure(
                    auth.hasNonNull("identitytoken")
                            ? "the docker configuration has an identity token, not a password"
                            : "the docker configuration has no password for " + registry,
                    "run docker login with a username and a password, or an access token as the password");
        }
        ObjectNode login = JsonTree.object();
        login.put("registry", registry);
        login.put("username", username);
        login.put("password", password);
        return login;
    }

    private static SecretException failure(String reason, String fix) {
        return new SecretException(Problem.UNSUITABLE, "password", reason, fix);
    }
}
