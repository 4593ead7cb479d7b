package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A request to Vault.
 *
 * @param verb what the HTTP method means
 * @param path below {@code /v1/} and the namespace, without the slash at the end
 * @param namespace path of the namespace without the slash at the end; empty text for the root
 * @param version of the query {@code ?version=}
 * @param body empty object where there is none
 * @param commonName of the client's TLS certificate
 */
record VaultRequest(
        Verb verb,
        String path,
        String namespace,
        Optional<String> token,
        Optional<String> version,
        ObjectNode body,
        Optional<String> wrapTtl,
        Optional<String> commonName) {

    /** What a request wants to do, as policies see it. */
    enum Verb {
        READ,
        LIST,
        WRITE,
        DELETE
    }

    /** The same, seen from a mount. */
    VaultRequest below(String mount) {
        return at(path.substring(Math.min(path.length(), mount.length() + 1)));
    }

    VaultRequest at(String other) {
        return new VaultRequest(verb, other, namespace, token, version, body, wrapTtl, commonName);
    }

    Optional<String> text(String member) {
        return body.hasNonNull(member) ? Optional.of(body.get(member).asText()) : Optional.empty();
    }
}
