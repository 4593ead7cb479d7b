package io.jenkins.plugins.awssecrets.engine.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A set-up that does not work, as a file of the corpus in {@code engine/diagnosis} describes it. */
public final class BrokenSetup {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> FILES = List.of(
            "names",
            "regions",
            "permissions",
            "logins",
            "keys",
            "deleted",
            "values",
            "tags",
            "filters",
            "shadows",
            "backends",
            "several");
    private static final String DEFAULT_SOURCES = """
            [{ssm: {id: ssm}}, {secretsManager: {id: sm}}, {vault: {id: vault, filter: {pathPrefix: secret/}}}]""";

    private final JsonNode node;

    private BrokenSetup(JsonNode node) {
        this.node = node;
    }

    /** The whole corpus. */
    public static List<BrokenSetup> all() {
        List<BrokenSetup> all = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = BrokenSetup.class.getResourceAsStream("/engine/diagnosis/" + file + ".yaml")) {
                YAML.readTree(in).forEach(node -> all.add(new BrokenSetup(node)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    public String name() {
        return node.path("name").asText();
    }

    /** Whether a backend does not serve, which clients find out by trying until their time is up. */
    public boolean isDown() {
        return node.has("faults");
    }

    /** Starts backends that hold the seed, with the faults switched on. */
    public DemoBackends start() {
        DemoBackends backends = DemoBackends.start(Seed.parse(yaml(node.path("seed"))));
        node.path("faults").forEach(fault -> {
            Service service =
                    switch (fault.path("service").asText()) {
                        case "ssm" -> Service.SSM;
                        case "secretsManager" -> Service.SECRETS_MANAGER;
                        default -> Service.VAULT;
                    };
            Fault what =
                    switch (fault.path("fault").asText()) {
                        case "throttled" -> Fault.throttled();
                        case "denied" -> Fault.denied();
                        default -> Fault.status(503);
                    };
            if (fault.has("operation")) {
                backends.faults().inject(service, fault.get("operation").asText(), what);
            } else {
                backends.faults().inject(service, what);
            }
        });
        return backends;
    }

    /** The sources as configured, without endpoint and login: a list of maps of one key, the kind. */
    public JsonNode sources() {
        try {
            return node.has("sources") ? node.get("sources") : YAML.readTree(DEFAULT_SOURCES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode credentials() {
        return node.has("credentials") ? node.get("credentials") : YAML.createArrayNode();
    }

    public boolean discovery() {
        return node.path("discovery").asBoolean(false);
    }

    /** The AWS access key id to log in with. */
    public String accessKey() {
        return node.path("key").asText("AKIAADMIN");
    }

    /** The Vault token to log in with. */
    public String token() {
        return node.path("token").asText("demo-root-token");
    }

    /** The command line's configuration. */
    public String configuration(DemoBackends backends) {
        ObjectNode configuration = YAML.createObjectNode();
        for (JsonNode each : sources()) {
            ObjectNode entry = each.deepCopy();
            entry.fieldNames().forEachRemaining(kind -> connect((ObjectNode) entry.get(kind), kind, backends));
            configuration.withArrayProperty("sources").add(entry);
        }
        configuration.set("credentials", credentials());
        configuration.putObject("discovery").put("enabled", discovery());
        return yaml(configuration);
    }

    private void connect(ObjectNode source, String kind, DemoBackends backends) {
        if (kind.equals("vault")) {
            source.put("url", backends.vault().toString());
            source.putObject("auth").putObject("token").put("token", token());
            return;
        }
        if (!source.has("region")) {
            source.put("region", "eu-west-1");
        }
        source.put("endpoint", (kind.equals("ssm") ? backends.ssm() : backends.secretsManager()).toString());
        source.put("stsEndpoint", backends.sts().toString());
        source.put("accessKeyId", accessKey()).put("secretAccessKey", "canary");
    }

    public List<Expected> expected() {
        List<Expected> all = new ArrayList<>();
        node.path("expect").forEach(e -> {
            List<String> says = new ArrayList<>();
            e.path("says").forEach(text -> says.add(text.asText()));
            all.add(new Expected(
                    e.path("of").asText(),
                    e.path("cause").asText(),
                    e.path("severity").asText("failed"),
                    e.path("fix").asText(),
                    text(e, "action"),
                    text(e, "resource"),
                    says));
        });
        return all;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }

    private static String yaml(JsonNode tree) {
        try {
            return tree.isMissingNode() ? "{}" : YAML.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }

    /**
     * What a diagnosis must say.
     *
     * @param of the source, credential or secret it is about
     * @param fix what its fix must hold
     * @param says what its reason or fix must hold
     */
    public record Expected(
            String of,
            String cause,
            String severity,
            String fix,
            Optional<String> action,
            Optional<String> resource,
            List<String> says) {
        /** The part that tells findings apart. */
        public String key() {
            return severity + " " + of + ": " + cause;
        }
    }
}
