package io.jenkins.plugins.awssecrets.engine.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A docker {@code config.json} that is there already. Its proxies, helpers, context and logins go on to count beside the
 * logins of a binding; of a registry that both know the binding's counts.
 *
 * <p>Docker asks a registry's entry in {@code credHelpers}, then {@code credsStore}, and {@code auths} only where there is
 * neither (docker/cli, {@code configfile.GetCredentialsStore}). So the binding's registries must have no helper, and the
 * store becomes the helper of the registries that were logged in with it.
 */
public final class ExistingDockerConfig {
    private static final String AUTHS = "auths";
    private static final String HELPERS = "credHelpers";
    private static final String STORE = "credsStore";

    private final byte[] content;

    /** @param content of the file; what is no JSON object counts for nothing */
    public ExistingDockerConfig(byte[] content) {
        this.content = content.clone();
    }

    /** @param logins a file as of {@link DockerConfig#content()} */
    public SecretValue with(SecretValue logins) {
        JsonNode before = JsonTree.read(content).orElseGet(JsonTree::object);
        JsonNode added =
                JsonTree.read(logins.bytes()).orElseGet(JsonTree::object).path(AUTHS);
        if (!before.isObject()) {
            return logins;
        }
        ObjectNode all = before.deepCopy();
        ObjectNode auths = member(all, AUTHS);
        ObjectNode helpers = member(all, HELPERS);
        String store = all.path(STORE).asText("");
        all.remove(STORE);
        if (!store.isEmpty()) {
            names(auths).stream().filter(registry -> !helpers.has(registry)).forEach(r -> helpers.put(r, store));
        }
        Set<String> ours = new HashSet<>(names(added));
        names(helpers).stream()
                .filter(registry -> ours.contains(DockerConfig.key(registry)))
                .forEach(helpers::remove);
        ours.forEach(registry -> auths.set(registry, added.get(registry)));
        if (helpers.isEmpty()) {
            all.remove(HELPERS);
        }
        return SecretValue.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode member(ObjectNode of, String name) {
        return of.get(name) instanceof ObjectNode known ? known : of.putObject(name);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
