package io.jenkins.plugins.awssecrets.demo.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an operation's input. */
public record Input(ObjectNode json) {

    public Optional<String> text(String member) {
        JsonNode node = json.path(member);
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** @throws AwsError {@code ValidationException} where it is missing or empty */
    public String required(String member) {
        return text(member)
                .filter(t -> !t.isEmpty())
                .orElseThrow(() -> AwsError.validation(decapitalized(member), "Member must not be null"));
    }

    public boolean flag(String member) {
        return json.path(member).asBoolean(false);
    }

    /** A page size or another number within its limits, both included. */
    public int number(String member, int otherwise, int least, int most) {
        int value = json.path(member).asInt(otherwise);
        if (value < least) {
            throw AwsError.validation(
                    decapitalized(member), "Member must have value greater than or equal to " + least);
        }
        if (value > most) {
            throw AwsError.validation(decapitalized(member), "Member must have value less than or equal to " + most);
        }
        return value;
    }

    public List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        json.path(member).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    public List<Input> objects(String member) {
        List<Input> objects = new ArrayList<>();
        json.path(member).forEach(node -> objects.add(new Input((ObjectNode) node)));
        return objects;
    }

    /** A list of {@code {"Key": ..., "Value": ...}}. */
    public Map<String, String> tags(String member) {
        Map<String, String> tags = new LinkedHashMap<>();
        objects(member)
                .forEach(t -> tags.put(t.text("Key").orElse(""), t.text("Value").orElse("")));
        return tags;
    }

    /** The list, which must have from one to {@code most} members. */
    public List<String> batch(String member, int most) {
        List<String> texts = texts(member);
        if (texts.isEmpty()) {
            throw AwsError.validation(decapitalized(member), "Member must have length greater than or equal to 1");
        }
        if (texts.size() > most) {
            throw AwsError.validation(decapitalized(member), "Member must have length less than or equal to " + most);
        }
        return texts;
    }

    private static String decapitalized(String member) {
        return Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }
}
