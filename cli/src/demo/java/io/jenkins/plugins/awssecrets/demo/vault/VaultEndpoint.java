package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.http.Call;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.http.Reply;
import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vault's HTTP API below {@code /v1/}. */
public final class VaultEndpoint implements Endpoint {
    private static final String ROOT = "/v1/";

    private final Vault vault;
    private final Router router;
    private final ObjectMapper json = new ObjectMapper();

    public VaultEndpoint(VaultSeed seed, AccessKeys keys, Clock clock) {
        this.vault = new Vault(seed, keys, clock);
        this.router = new Router(vault);
    }

    @Override
    public RecordedRequest describe(Call call) {
        String namespace = namespace(call);
        String path = path(call, namespace);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("method", call.method());
        if (!namespace.isEmpty()) {
            details.put("namespace", namespace);
        }
        call.header("User-Agent").ifPresent(agent -> details.put("User-Agent", agent));
        token(call).flatMap(this::displayName).ifPresent(name -> details.put("caller", name));
        return new RecordedRequest(Service.VAULT, Operations.name(verb(call), path), List.of(path), details);
    }

    @Override
    public Reply answer(Call call) {
        if (!call.path().startsWith(ROOT)) {
            return reply(404, errors("page not found"));
        }
        try {
            String namespace = namespace(call);
            String path = path(call, namespace);
            if (path.equals("sys/health")) {
                return reply(200, Health.healthy(vault.clock()));
            }
            if (path.equals("sys/seal-status")) {
                return reply(200, Health.unsealed());
            }
            VaultRequest request = new VaultRequest(
                    verb(call),
                    path,
                    namespace,
                    token(call),
                    call.query("version"),
                    body(call),
                    call.header("X-Vault-Wrap-TTL"),
                    call.commonName());
            synchronized (vault) {
                return router.answer(request)
                        .body()
                        .map(body -> reply(200, body))
                        .orElseGet(Reply::noContent);
            }
        } catch (VaultError e) {
            return reply(e.status(), e.body().orElseGet(() -> errors(e.errors().toArray(String[]::new))));
        }
    }

    private static Optional<String> token(Call call) {
        return call.header("X-Vault-Token").or(() -> call.header("Authorization")
                .filter(h -> h.startsWith("Bearer "))
                .map(h -> h.substring(7)));
    }

    private Optional<String> displayName(String token) {
        synchronized (vault) {
            return vault.tokens().find(token).map(found -> found.displayName);
        }
    }

    private String namespace(Call call) {
        return call.header("X-Vault-Namespace")
                .map(n -> n.replaceAll("^/+|/+$", ""))
                .filter(n -> !n.isEmpty())
                .or(() -> vault.namespaceIn(below(call)))
                .orElse("");
    }

    private static String path(Call call, String namespace) {
        String path = below(call);
        return !namespace.isEmpty() && path.startsWith(namespace + "/") ? path.substring(namespace.length() + 1) : path;
    }

    private static String below(Call call) {
        String path = call.path().startsWith(ROOT) ? call.path().substring(ROOT.length()) : call.path();
        return path.replaceAll("/+$", "");
    }

    private static VaultRequest.Verb verb(Call call) {
        return switch (call.method()) {
            case "LIST" -> VaultRequest.Verb.LIST;
            case "POST", "PUT", "PATCH" -> VaultRequest.Verb.WRITE;
            case "DELETE" -> VaultRequest.Verb.DELETE;
            default ->
                call.query("list").filter("true"::equals).isPresent() ? VaultRequest.Verb.LIST : VaultRequest.Verb.READ;
        };
    }

    private ObjectNode body(Call call) {
        if (call.body().length == 0) {
            return VaultReply.object();
        }
        try {
            if (json.readTree(call.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Told below, without the parser's text: it would quote the body.
        }
        throw VaultError.badRequest("error parsing JSON");
    }

    @Override
    public Reply error(Fault.ServiceError fault) {
        return switch (fault.cause()) {
            case BAD_REQUEST -> error(fault, 400, "missing data");
            case DENIED -> error(fault, 403, "permission denied");
            case NOT_FOUND -> error(fault, 404);
            case THROTTLED -> error(fault, 429, "request path: rate limit quota exceeded");
            case INTERNAL -> error(fault, 500, "internal error");
            case UNAVAILABLE -> error(fault, 503, "Vault is sealed");
        };
    }

    private Reply error(Fault.ServiceError fault, int status, String... usual) {
        String[] texts = fault.text().map(text -> new String[] {text}).orElse(usual);
        return reply(fault.status().orElse(status), errors(texts));
    }

    private static ObjectNode errors(String... texts) {
        ObjectNode body = VaultReply.object();
        ArrayNode errors = body.putArray("errors");
        for (String text : texts) {
            errors.add(text);
        }
        return body;
    }

    private Reply reply(int status, ObjectNode body) {
        try {
            return Reply.of(status, "application/json", json.writeValueAsBytes(body))
                    .with("Cache-Control", "no-store");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written as JSON");
        }
    }
}
