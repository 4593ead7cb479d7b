package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.migration.Imported.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the configurations of the other plugins in what was read, and writes this one's. */
public final class Importer {
    static final String PROVIDER = "awsCredentialsProvider";
    static final String VAULT = "hashicorpVault";
    /** How the names of the classes end that XML files have for the plugins. */
    private static final String PROVIDER_CLASS = ".secretsmanager.config.PluginConfiguration";

    private static final String VAULT_CLASS = ".vault.configuration.GlobalVaultConfiguration";

    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<Original> providers = new ArrayList<>();
    private final List<Original> vaults = new ArrayList<>();
    private final List<VaultLoginCredential> logins = new ArrayList<>();
    private final List<VaultStoredCredential> stored = new ArrayList<>();

    private Importer() {}

    /**
     * Imports what some files hold together: a configuration as code, or files of Jenkins' home read by {@link XmlTree}.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) when none of it is known
     */
    public static Imported of(List<JsonNode> files) {
        Importer importer = new Importer();
        files.forEach(file -> importer.search("", file));
        return importer.write();
    }

    private void search(String path, JsonNode node) {
        if (node.isArray()) {
            node.forEach(item -> search(path, item));
            return;
        }
        Indentation.checkPlugins(path, node);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (isCredential(field.getKey())) {
                Indentation.checkCredential(path, node, field.getKey());
            }
            if (!found(field.getKey(), field.getValue())) {
                search(below, field.getValue());
            }
        }
    }

    private static boolean isCredential(String key) {
        return VaultLoginCredential.knows(kind(key)) || VaultStoredCredential.knows(kind(key));
    }

    private static String kind(String key) {
        return Original.simpleName(key).replaceFirst("Impl$", "");
    }

    private boolean found(String key, JsonNode value) {
        String kind = kind(key);
        if (key.equals(PROVIDER) || key.endsWith(PROVIDER_CLASS)) {
            checkIndentation(key, PROVIDER, value);
            providers.add(new Original(PROVIDER, value, leftOut));
        } else if (key.equals(VAULT) || key.endsWith(VAULT_CLASS)) {
            checkIndentation(key, VAULT, value);
            vaults.add(new Original(VAULT, value, leftOut).part("configuration"));
        } else if (VaultLoginCredential.knows(kind)) {
            each(value)
                    .forEach(one ->
                            logins.add(new VaultLoginCredential(kind, new Original(named(kind, one), one, leftOut))));
        } else if (VaultStoredCredential.knows(kind)) {
            each(value)
                    .forEach(one ->
                            stored.add(new VaultStoredCredential(kind, new Original(named(kind, one), one, leftOut))));
        } else if (kind.startsWith("vault") && each(value).stream().anyMatch(one -> one.hasNonNull("id"))) {
            each(value).forEach(one -> leftOut.add(new LeftOut(named(kind, one), "this kind is not known here")));
        } else {
            return false;
        }
        return true;
    }

    /** Elements of XML have no indentation that could be wrong. */
    private static void checkIndentation(String key, String plugin, JsonNode value) {
        if (key.equals(plugin)) {
            Indentation.checkSettings(plugin, value);
        }
    }

    private static String named(String kind, JsonNode credential) {
        String id = credential.path("id").asText();
        return id.isEmpty() ? kind : kind + " '" + id + "'";
    }

    private static List<JsonNode> each(JsonNode value) {
        List<JsonNode> all = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else {
            all.add(value);
        }
        return all;
    }

    private Imported write() {
        if (providers.isEmpty() && vaults.isEmpty() && stored.isEmpty() && logins.isEmpty()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "import",
                    "no file has a configuration of the AWS Secrets Manager Credentials Provider or the"
                            + " HashiCorp Vault plugin",
                    "provide a configuration as code with unclassified: " + PROVIDER + " or " + VAULT
                            + ", or their XML files of Jenkins' home");
        }
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        providers.forEach(provider -> new SecretsManagerProvider(provider).into(configuration));
        vaults.forEach(vault -> new VaultPlugin(vault, logins).into(configuration));
        stored.forEach(credential -> credential.into(configuration));
        logins.forEach(VaultLoginCredential::endUnused);
        if (!stored.isEmpty() && vaults.isEmpty()) {
            leftOut.add(new LeftOut(
                    VAULT, "credentials refer to source " + VaultPlugin.SOURCE + "; configure its url and auth"));
        }
        // Only the provider looks for credentials by tags.
        configuration.putObject("discovery").put("enabled", !providers.isEmpty());
        return new Imported(configuration, leftOut);
    }
}
