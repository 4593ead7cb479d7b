package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;

/**
 * What Vault answers: the envelope, or nothing (204).
 *
 * @param body empty for 204
 */
record VaultReply(Optional<ObjectNode> body) {

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static VaultReply none() {
        return new VaultReply(Optional.empty());
    }

    static VaultReply data(JsonNode data) {
        return new VaultReply(Optional.of(envelope(data)));
    }

    static VaultReply auth(ObjectNode auth) {
        ObjectNode body = envelope(NullNode.instance);
        body.set("auth", auth);
        return new VaultReply(Optional.of(body));
    }

    static VaultReply leased(JsonNode data, String leaseId, long seconds, boolean renewable) {
        ObjectNode body = envelope(data);
        body.put("lease_id", leaseId).put("renewable", renewable).put("lease_duration", seconds);
        return new VaultReply(Optional.of(body));
    }

    static VaultReply wrapped(ObjectNode wrapInfo) {
        ObjectNode body = envelope(NullNode.instance);
        body.set("wrap_info", wrapInfo);
        return new VaultReply(Optional.of(body));
    }

    static ObjectNode envelope(JsonNode data) {
        ObjectNode body = object();
        body.put("request_id", UUID.randomUUID().toString())
                .put("lease_id", "")
                .put("renewable", false)
                .put("lease_duration", 0);
        body.set("data", data);
        body.putNull("wrap_info");
        body.putNull("warnings");
        body.putNull("auth");
        return body;
    }
}
