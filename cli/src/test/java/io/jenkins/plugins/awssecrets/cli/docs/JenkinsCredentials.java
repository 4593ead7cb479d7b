package io.jenkins.plugins.awssecrets.cli.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Puts into a configuration as code what its {@code credentialsId} stand for, which only a Jenkins can look up. */
final class JenkinsCredentials {
    private static final Map<String, List<String>> IN_PLACE = Map.of(
            "appRole", List.of("roleId", "secretId"),
            "token", List.of("token"),
            "userPass", List.of("username", "password"),
            "ldap", List.of("username", "password"),
            "jwt", List.of("jwt"),
            "clientCertificate", List.of("certificate"),
            "secretsManager", List.of("accessKeyId", "secretAccessKey"),
            "ssm", List.of("accessKeyId", "secretAccessKey"),
            "awsIam", List.of());

    private JenkinsCredentials() {}

    static void replaced(JsonNode configuration) {
        if (configuration instanceof ObjectNode top) {
            // What folders may borrow: the command line has none.
            top.remove("folders");
        }
        configuration.path("sources").forEach(source -> replace("", source));
    }

    private static void replace(String name, JsonNode node) {
        if (node instanceof ObjectNode object && IN_PLACE.containsKey(name) && object.has("credentialsId")) {
            object.remove("credentialsId");
            IN_PLACE.get(name).stream().filter(key -> !object.has(key)).forEach(key -> object.put(key, "made-up"));
        }
        node.properties().forEach(field -> replace(field.getKey(), field.getValue()));
    }
}
