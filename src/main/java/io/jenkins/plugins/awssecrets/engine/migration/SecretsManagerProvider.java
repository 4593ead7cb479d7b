package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of the AWS Secrets Manager Credentials Provider plugin. Its secrets need no change: the tags are the
 * same.
 *
 * @see <a href="https://github.com/jenkinsci/aws-secrets-manager-credentials-provider-plugin/tree/master/docs">its documentation</a>
 */
final class SecretsManagerProvider {
    private final Original original;

    SecretsManagerProvider(Original original) {
        this.original = original;
    }

    void into(ObjectNode configuration) {
        ObjectNode connection = JsonNodeFactory.instance.objectNode();
        client(original.part("client"), connection);
        endpoint(original.part("endpointConfiguration"), connection);
        ProviderFilters filters = ProviderFilters.of(original.part("listSecrets"), original.part("filters"));
        ObjectNode shown = transformations(original.part("transformations"));
        if (!original.flag("cache", true)) {
            original.leftOut("cache", "metadata is always cached; metadataCache sets for how long");
        }
        original.needless("transformations");
        original.end();
        ArrayNode sources = configuration.withArrayProperty("sources");
        List<ObjectNode> alternatives = filters.alternatives();
        for (int i = 0; i < alternatives.size(); i++) {
            ObjectNode source = sources.addObject().putObject("secretsManager");
            source.put("id", i == 0 ? "sm" : "sm-" + (i + 1));
            source.setAll(connection.deepCopy());
            ObjectNode filter = alternatives.get(i).setAll(shown);
            if (!filter.isEmpty()) {
                source.set("filter", filter);
            }
        }
    }

    /** The longest of several prefixes counts here too. */
    private static ObjectNode transformations(Original transformations) {
        List<String> prefixes = new ArrayList<>();
        transformations.part("name").choice().ifPresent(choice -> {
            if (choice.kind().equals("removePrefix")) {
                choice.settings().text("prefix").ifPresent(prefixes::add);
            } else if (choice.kind().equals("removePrefixes")) {
                prefixes.addAll(choice.settings().texts("prefixes"));
            }
        });
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        if (!prefixes.isEmpty()) {
            shown.put("stripPrefix", String.join(", ", prefixes));
        }
        transformations
                .part("description")
                .choice()
                .filter(choice -> choice.kind().equals("hide"))
                .ifPresent(hide -> shown.put("hideDescription", true));
        return shown;
    }

    private static void client(Original client, ObjectNode source) {
        client.text("region").ifPresent(region -> source.put("region", region));
        client.address("endpointUrl").ifPresent(url -> source.put("endpoint", url));
        endpoint(client.part("endpointConfiguration"), source);
        client.part("credentialsProvider").choice().ifPresent(choice -> login(choice, source));
        proxy(client.part("clientConfiguration"));
        client.end();
    }

    /** As versions before 1.0 have it. */
    private static void endpoint(Original endpoint, ObjectNode source) {
        endpoint.address("serviceEndpoint").ifPresent(url -> source.put("endpoint", url));
        endpoint.text("signingRegion").ifPresent(region -> source.put("region", region));
        endpoint.end();
    }

    private static void login(Original.Choice choice, ObjectNode source) {
        Original settings = choice.settings();
        switch (choice.kind()) {
            case "default", "defaultAWSCredentialsProviderChain" -> {
                // What is not said is the default here too.
            }
            case "profile", "profileCredentialsProvider" ->
                settings.text("profileName").ifPresent(name -> source.put("profile", name));
            case "assumeRole", "sTSAssumeRoleSessionCredentialsProvider" -> {
                ObjectNode role = source.putObject("assumeRole");
                settings.text("roleArn").ifPresent(arn -> role.put("roleArn", arn));
                settings.text("roleSessionName").ifPresent(name -> role.put("sessionName", name));
            }
            case "static", "aWSStaticCredentialsProvider" -> {
                settings.secret("accessKey", "AWS_ACCESS_KEY_ID").ifPresent(id -> source.put("accessKeyId", id));
                settings.secret("secretKey", "AWS_SECRET_ACCESS_KEY")
                        .ifPresent(key -> source.put("secretAccessKey", key));
            }
            default ->
                settings.leftOut(
                        "", "this authentication method does not exist here; configure the source's authentication");
        }
        settings.end();
    }

    /** In Jenkins a source has no proxy, and would be refused for one. */
    private static void proxy(Original proxy) {
        // Not with its address, in which somebody may have put a password.
        if (proxy.text("proxyHost").isPresent()) {
            proxy.leftOut(
                    "",
                    "in Jenkins all sources use Jenkins' own proxy, so set that one; for the command line give the"
                            + " source proxy");
        }
        proxy.needless("proxyPort", "nonProxyHosts", "proxyUsername", "proxyPassword");
        proxy.end();
    }
}
