package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * One request of Vault's HTTP API.
 *
 * @param method GET or POST; listing is a GET with {@code list=true}, as the API documentation allows
 * @param path what follows {@code /v1/}, decoded
 * @param body sent as JSON
 * @param repeatable whether it may be sent again after an answer that leaves open if it was carried out; false for what
 *     uses something up or makes something: a login, an unwrapping, a dynamic secret
 * @param inRootNamespace whether the namespace header is left out, as {@code sys/health} wants it
 */
public record VaultRequest(
        Method method,
        String path,
        Map<String, String> query,
        Optional<ObjectNode> body,
        boolean repeatable,
        boolean inRootNamespace) {
    public enum Method {
        GET,
        POST
    }

    public VaultRequest {
        query = Map.copyOf(query);
    }

    public static VaultRequest get(String path) {
        return new VaultRequest(Method.GET, path, Map.of(), Optional.empty(), true, false);
    }

    public static VaultRequest list(String path) {
        return get(path).with("list", "true");
    }

    public static VaultRequest post(String path, ObjectNode body) {
        return new VaultRequest(Method.POST, path, Map.of(), Optional.of(body), true, false);
    }

    public VaultRequest with(String parameter, String value) {
        Map<String, String> more = new java.util.HashMap<>(query);
        more.put(parameter, value);
        return new VaultRequest(method, path, more, body, repeatable, inRootNamespace);
    }

    public VaultRequest once() {
        return new VaultRequest(method, path, query, body, false, inRootNamespace);
    }

    VaultRequest inRoot() {
        return new VaultRequest(method, path, query, body, repeatable, true);
    }

    /** Without the body, which holds secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
