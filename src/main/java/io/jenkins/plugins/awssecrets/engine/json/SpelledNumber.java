package io.jenkins.plugins.awssecrets.engine.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigDecimal;

/** A number that keeps how it is written: {@code 1e3}, {@code -0}, {@code 0.1e-2}. As a secret it is a text. */
final class SpelledNumber extends ValueNode {
    private static final long serialVersionUID = 1L;

    private final BigDecimal value;
    private final String text;

    SpelledNumber(BigDecimal value, String text) {
        this.value = value;
        this.text = text;
    }

    @Override
    public JsonNodeType getNodeType() {
        return JsonNodeType.NUMBER;
    }

    @Override
    public JsonToken asToken() {
        return JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public BigDecimal decimalValue() {
        return value;
    }

    @Override
    public Number numberValue() {
        return value;
    }

    @Override
    public double asDouble(double otherwise) {
        return value.doubleValue();
    }

    @Override
    public long asLong(long otherwise) {
        return (long) value.doubleValue();
    }

    @Override
    public int asInt(int otherwise) {
        return (int) value.doubleValue();
    }

    @Override
    public String asText() {
        return text;
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeNumber(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpelledNumber number && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
