package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.seed.MountSeed;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** KV version 2: {@code data/}, {@code metadata/}, {@code delete/}, {@code undelete/}, {@code destroy/}. */
final class KvV2 implements Engine {
    private static final String WRONG_PATH =
            "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use."
                    + " If using the Vault CLI, use 'vault kv get' for this operation.";

    private final Clock clock;
    private final Map<String, VersionedSecret> secrets = new TreeMap<>();

    KvV2(MountSeed seed, Clock clock) {
        this.clock = clock;
        ObjectMapper json = new ObjectMapper();
        for (MountSeed.KvSecret each : seed.secrets()) {
            VersionedSecret secret = new VersionedSecret(clock.instant());
            secret.custom.putAll(each.metadata());
            for (MountSeed.KvVersion older : each.versions()) {
                VersionedSecret.Version version = secret.add(json.valueToTree(older.data()), time(older.created()));
                version.deleted = older.deleted() ? Optional.of(clock.instant()) : Optional.empty();
                version.destroyed = older.destroyed();
            }
            if (each.data() != null) {
                secret.add(json.valueToTree(each.data()), clock.instant());
            }
            secrets.put(each.path(), secret);
        }
    }

    private Instant time(Optional<String> given) {
        return given.map(Instant::parse).orElse(clock.instant());
    }

    @Override
    public VaultReply answer(VaultRequest request, Token caller) {
        int slash = request.path().indexOf('/');
        String part = slash < 0 ? request.path() : request.path().substring(0, slash);
        VaultRequest inside = request.at(slash < 0 ? "" : request.path().substring(slash + 1));
        return switch (part) {
            case "data" -> data(inside);
            case "metadata" -> metadata(inside);
            case "delete" -> versions(inside, v -> v.deleted = Optional.of(clock.instant()));
            case "undelete" -> versions(inside, v -> v.deleted = Optional.empty());
            case "destroy" -> versions(inside, v -> v.destroyed = true);
            case "config" ->
                VaultReply.data(VaultReply.object()
                        .put("cas_required", false)
                        .put("delete_version_after", "0s")
                        .put("max_versions", 0));
            default -> {
                ObjectNode body = VaultReply.object();
                body.putArray("errors");
                body.putArray("warnings").add(WRONG_PATH);
                throw VaultError.notFound(body);
            }
        };
    }

    private VaultReply data(VaultRequest request) {
        return switch (request.verb()) {
            case READ -> read(request);
            case WRITE -> write(request);
            case DELETE -> {
                secret(request).newest().ifPresent(v -> v.deleted = Optional.of(clock.instant()));
                yield VaultReply.none();
            }
            case LIST -> throw VaultError.unsupported();
        };
    }

    private VaultReply read(VaultRequest request) {
        VersionedSecret secret = secret(request);
        VersionedSecret.Version version = request.version()
                .filter(v -> !v.equals("0"))
                .map(v -> secret.version(number(v)))
                .orElseGet(secret::newest)
                .orElseThrow(VaultError::notFound);
        ObjectNode data = VaultReply.object();
        boolean gone = version.isGone(clock.instant());
        data.set("data", gone ? NullNode.instance : version.data);
        data.set("metadata", secret.metadata(version));
        if (gone) {
            throw VaultError.notFound(VaultReply.envelope(data));
        }
        return VaultReply.data(data);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw VaultError.badRequest("error converting input for field \"version\": expected type 'int'");
        }
    }

    private VaultReply write(VaultRequest request) {
        if (!(request.body().get("data") instanceof ObjectNode data)) {
            throw VaultError.badRequest("no data provided");
        }
        VersionedSecret secret = secrets.computeIfAbsent(request.path(), path -> new VersionedSecret(clock.instant()));
        int expected = request.body().path("options").path("cas").asInt(secret.current());
        if (expected != secret.current()) {
            throw VaultError.badRequest("check-and-set parameter did not match the current version");
        }
        return VaultReply.data(secret.metadata(secret.add(data, clock.instant())));
    }

    private VaultReply metadata(VaultRequest request) {
        return switch (request.verb()) {
            case LIST -> Keys.list(secrets.keySet(), request.path());
            case READ -> VaultReply.data(secret(request).describe());
            case WRITE -> {
                VersionedSecret secret =
                        secrets.computeIfAbsent(request.path(), path -> new VersionedSecret(clock.instant()));
                if (request.body().has("custom_metadata")) {
                    secret.custom.clear();
                    request.body()
                            .get("custom_metadata")
                            .fields()
                            .forEachRemaining(e ->
                                    secret.custom.put(e.getKey(), e.getValue().asText()));
                }
                yield VaultReply.none();
            }
            case DELETE -> {
                secrets.remove(request.path());
                yield VaultReply.none();
            }
        };
    }

    private VaultReply versions(VaultRequest request, Consumer<VersionedSecret.Version> change) {
        VersionedSecret secret = secret(request);
        request.body().path("versions").forEach(v -> secret.version(v.asInt()).ifPresent(change));
        return VaultReply.none();
    }

    private VersionedSecret secret(VaultRequest request) {
        return Optional.ofNullable(secrets.get(request.path())).orElseThrow(VaultError::notFound);
    }

    @Override
    public ObjectNode describe() {
        ObjectNode node = VaultReply.object().put("type", "kv");
        node.putObject("options").put("version", "2");
        return node;
    }
}
