package io.jenkins.plugins.awssecrets.demo.seed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.Optional;

/** Optional members without the module for them, which the plugin's class path need not have. */
final class OptionalDeserializer extends JsonDeserializer<Optional<?>> implements ContextualDeserializer {
    private final Optional<JavaType> content;

    OptionalDeserializer(Optional<JavaType> content) {
        this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return new OptionalDeserializer(Optional.of(context.getContextualType().containedType(0)));
    }

    @Override
    public Optional<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return Optional.of(context.readValue(parser, content.orElseThrow()));
    }

    @Override
    public Optional<?> getNullValue(DeserializationContext context) {
        return Optional.empty();
    }
}
