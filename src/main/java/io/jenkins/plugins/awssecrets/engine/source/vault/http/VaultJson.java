package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.io.IOException;
import java.util.Optional;

/** Vault's JSON: every answer with a body is one object. */
public final class VaultJson {
    /** Set up where something is sent that is more than a read: it costs more than the call. */
    private static final class Writing {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    private VaultJson() {}

    /** An empty object, to be filled and sent. */
    public static ObjectNode object() {
        return JsonTree.object();
    }

    static JsonNode missing() {
        return MissingNode.getInstance();
    }

    /** @return empty when the text is no JSON object; why is not told, as the parser's errors quote the text */
    static Optional<JsonNode> object(byte[] text) {
        return JsonTree.read(text).filter(JsonNode::isObject);
    }

    static byte[] bytes(ObjectNode object) {
        try {
            return Writing.MAPPER.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON object that cannot be written");
        }
    }
}
