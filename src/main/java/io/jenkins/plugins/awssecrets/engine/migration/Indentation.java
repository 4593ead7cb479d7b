package io.jenkins.plugins.awssecrets.engine.migration;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.List;
import java.util.Map;

/**
 * Settings of a configuration as code that stand one level too far left. What they belong to is empty then, and they
 * would be lost, or a login with them, without a word.
 */
final class Indentation {
    private static final Map<String, List<String>> PLUGINS = Map.of(
            Importer.PROVIDER,
            List.of("client", "listSecrets", "filters", "transformations", "cache", "endpointConfiguration", "beta"),
            Importer.VAULT,
            List.of("configuration", "vaultUrl", "vaultCredentialId"));

    /** Below a plugin alone, as others use such words too. */
    private static final Map<String, List<String>> SETTINGS = Map.ofEntries(
            entry("client", List.of("region", "endpointUrl", "credentialsProvider", "clientConfiguration")),
            entry("endpointConfiguration", List.of("serviceEndpoint", "signingRegion")),
            entry("clientConfiguration", List.of("proxyHost", "proxyPort", "nonProxyHosts", "proxyUsername")),
            entry("credentialsProvider", List.of("default", "profile", "assumeRole", "static")),
            entry("assumeRole", List.of("roleArn", "roleSessionName")),
            entry("profile", List.of("profileName")),
            entry("static", List.of("accessKey", "secretKey")),
            entry("listSecrets", List.of("filters", "key", "values")),
            entry("filters", List.of("key", "values")),
            entry("transformations", List.of("name", "description")),
            entry("name", List.of("removePrefix", "removePrefixes")),
            entry("removePrefix", List.of("prefix")),
            entry("removePrefixes", List.of("prefixes")),
            entry("description", List.of("hide")),
            entry(
                    "configuration",
                    List.of("vaultUrl", "vaultCredentialId", "vaultNamespace", "prefixPath", "engineVersion")));

    private Indentation() {}

    /** Looks at one level, where the plugins' own keys may be. */
    static void checkPlugins(String path, JsonNode node) {
        PLUGINS.forEach((key, settings) -> check(path, node, key, settings));
    }

    /** Looks at all that is below a plugin's key. */
    static void checkSettings(String path, JsonNode node) {
        if (node.isArray()) {
            node.forEach(item -> checkSettings(path, item));
            return;
        }
        SETTINGS.forEach((key, settings) -> check(path, node, key, settings));
        node.properties().forEach(field -> checkSettings(path + "." + field.getKey(), field.getValue()));
    }

    /** Looks at an item of a list of credentials, whose key is its kind. */
    static void checkCredential(String path, JsonNode node, String kind) {
        check(path, node, kind, List.of("id", "scope", "path", "roleId", "token"));
    }

    private static void check(String path, JsonNode node, String key, List<String> settings) {
        JsonNode own = node.get(key);
        if (own == null || !own.isNull() && !(own.isValueNode() && own.asText().isBlank())) {
            return;
        }
        settings.stream().filter(node::has).findFirst().ifPresent(setting -> {
            throw new SecretException(
                    Problem.MALFORMED,
                    "import " + (path.isEmpty() ? key : path + "." + key),
                    "it is empty, and its setting " + setting + " stands beside it",
                    "indent " + setting + " below " + key);
        });
    }
}
