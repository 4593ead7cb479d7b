package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** Vault's JSON: every answer with a body is one object. */
public final class VaultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private VaultJson() {}

    /** An empty object, to be filled and sent. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode missing() {
        return MissingNode.getInstance();
    }

    /** @return empty when the text is no JSON object; why is not told, as the parser's errors quote the text */
    static Optional<JsonNode> object(byte[] text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON object that cannot be written");
        }
    }
}
