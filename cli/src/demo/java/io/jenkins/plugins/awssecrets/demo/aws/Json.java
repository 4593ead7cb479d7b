package io.jenkins.plugins.awssecrets.demo.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** JSON as the AWS services write it. */
public final class Json {
    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A timestamp: seconds since 1970 with three decimals. */
    public static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }

    public static void tags(ArrayNode list, Map<String, String> tags) {
        tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    }
}
