package io.jenkins.plugins.awssecrets.engine.resolve;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialTags;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the value that a reference names out of what the backend gave. Names members in its errors, never values. */
final class PayloadReader {
    private final Reference reference;
    private final SecretPayload payload;

    PayloadReader(Reference reference, SecretPayload payload) {
        this.reference = reference;
        this.payload = payload;
    }

    SecretValue value(boolean binaryAllowed, boolean allowEmpty) {
        SecretValue value = reference.field().isPresent()
                ? text(at(document(false), reference.field().get()))
                : whole();
        if (value.isEmpty() && !allowEmpty) {
            throw failure(
                    Problem.EMPTY,
                    "the value is empty",
                    "give it a value, or set allowEmpty if an empty value is intended");
        }
        if (!binaryAllowed && !value.isText()) {
            throw failure(
                    Problem.BINARY,
                    "the value is binary where text is needed",
                    "use a file or certificate credential, or store the value as text (SecretString)");
        }
        return value;
    }

    Map<String, SecretValue> members(boolean allowEmpty) {
        Map<String, SecretValue> members = new LinkedHashMap<>();
        object().fields().forEachRemaining(member -> {
            if (!member.getValue().isNull()) {
                SecretValue value = text(member.getValue());
                if (value.isEmpty() && !allowEmpty) {
                    throw emptyMember(member.getKey());
                }
                members.put(member.getKey(), value);
            }
        });
        return members;
    }

    private JsonNode object() {
        JsonNode document = document(true);
        JsonNode object = reference.field().isPresent()
                ? opened(at(document, reference.field().get()))
                : document;
        if (!object.isObject()) {
            throw failure(
                    Problem.WRONG_SHAPE,
                    "the value is not a JSON object",
                    "store an object such as {\"username\": ..., \"password\": ...}, or give each field its reference");
        }
        return object;
    }

    private SecretException emptyMember(String name) {
        return failure(
                Problem.EMPTY,
                "its member '" + name + "' is empty",
                "give it a value, or set allowEmpty if an empty value is intended");
    }

    Optional<SecretValue> memberOrWhole(FieldSpec field, Set<String> members, boolean allowEmpty) {
        if (isObjectOf(members)) {
            return member(field, allowEmpty, UnaryOperator.identity());
        }
        if (field.secret()) {
            return field.required() ? Optional.of(value(field.binary(), allowEmpty)) : Optional.empty();
        }
        Optional<String> tag = field.tag();
        // The other provider has it so: no tag, no name.
        if (tag.filter(CredentialTags.USERNAME::equals).isPresent()) {
            return Optional.of(SecretValue.of(""));
        }
        if (field.required()) {
            throw failure(
                    Problem.FIELD_MISSING,
                    "it is not a JSON object with the fields as members, and no tag gives the field '" + field.name()
                            + "'",
                    "add the tag " + tag.orElse("") + ", or store such an object");
        }
        return Optional.empty();
    }

    private boolean isObjectOf(Set<String> members) {
        return JsonTree.read(payload.value().bytes())
                .filter(node -> node.isObject() && !node.isEmpty() && members.containsAll(names(node)))
                .isPresent();
    }

    Optional<SecretValue> member(FieldSpec field, boolean allowEmpty, UnaryOperator<JsonNode> view) {
        JsonNode object = viewed(view, object());
        for (String name : field.members()) {
            JsonNode member = object.get(name);
            if (member != null && !member.isNull()) {
                SecretValue value = text(member);
                if (!value.isEmpty() || allowEmpty) {
                    return Optional.of(value);
                }
                if (field.required()) {
                    throw emptyMember(name);
                }
            }
        }
        if (field.required()) {
            throw failure(
                            Problem.FIELD_MISSING,
                            "it has no member '" + field.name() + "'" + membersOf(object),
                            "add the member, or give the field '" + field.name() + "' its own reference")
                    .choosable(names(object));
        }
        return Optional.empty();
    }

    private JsonNode viewed(UnaryOperator<JsonNode> view, JsonNode stored) {
        try {
            return view.apply(stored);
        } catch (SecretException e) {
            throw e.about(reference.toString());
        }
    }

    private SecretValue whole() {
        if (payload.shape() != Shape.MEMBERS) {
            return payload.value();
        }
        JsonNode object = document(true);
        if (object.size() == 1) {
            return text(object.elements().next());
        }
        throw failure(
                        Problem.WRONG_SHAPE,
                        object.isEmpty() ? "it has no keys" : "it has several keys" + membersOf(object),
                        object.isEmpty() ? "write a value to it" : "name one with #<key>")
                .choosable(names(object));
    }

    /** @param members whether all of them are wanted, or one field */
    private JsonNode document(boolean members) {
        // What was stored as binary may be JSON all the same: AWS' command line stores files so.
        JsonNode document = JsonTree.read(payload.value().bytes()).orElse(MissingNode.getInstance());
        if (document.isContainerNode()) {
            return document;
        }
        if (payload.shape() == Shape.BINARY) {
            throw failure(
                    Problem.BINARY,
                    (members ? "its members were" : "a field was") + " requested, but the value is binary and not JSON",
                    members ? "store a JSON object" : "leave out the field, or store JSON");
        }
        if (isEncodedAgain(document)) {
            throw failure(
                    Problem.WRONG_SHAPE,
                    (members ? "its members were" : "a field was")
                            + " requested, but the value is JSON that was encoded twice: a string with JSON in it",
                    "store the object itself, without quotes around it");
        }
        throw failure(
                Problem.WRONG_SHAPE,
                (members ? "its members were" : "a field was") + " requested, but the value is not JSON",
                members ? "store a JSON object" : "leave out the field, or store a JSON object");
    }

    private static boolean isEncodedAgain(JsonNode document) {
        JsonNode node = document;
        while (node.isTextual() && opened(node) != node) {
            node = opened(node);
        }
        return node.isContainerNode();
    }

    private JsonNode at(JsonNode document, String field) {
        JsonNode node = field.startsWith("/") ? at(document, JsonPointer.compile(field)) : document.path(field);
        if (node.isMissingNode()) {
            throw failure(
                            Problem.FIELD_MISSING,
                            "it has no field '" + field + "'" + membersOf(document),
                            dotted(document, field)
                                    .map(pointer -> "name it #" + pointer)
                                    .orElse("name a field that it has"))
                    .choosable(names(document));
        }
        return node;
    }

    /** Goes on into a text that is JSON itself, as what was put into a string to be stored. */
    private static JsonNode at(JsonNode from, JsonPointer pointer) {
        JsonNode node = from;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            JsonNode container = opened(node);
            node = container.isArray()
                    ? container.path(rest.getMatchingIndex())
                    : container.path(rest.getMatchingProperty());
        }
        return node;
    }

    private static JsonNode opened(JsonNode node) {
        return node.isTextual()
                ? JsonTree.read(node.textValue().getBytes(StandardCharsets.UTF_8))
                        .orElse(node)
                : node;
    }

    /** The pointer that is meant by {@code db.password}, {@code $.db.password}, {@code db/password} or {@code users[0].name}. */
    private static Optional<String> dotted(JsonNode document, String field) {
        String path = field.replaceFirst("^\\$", "").replaceAll("\\[['\"]?([^\\]'\"]*)['\"]?]", ".$1");
        return Stream.of(".", "/", ":", "->")
                .filter(path::contains)
                .map(separator -> "/"
                        + Stream.of(path.split(Pattern.quote(separator)))
                                .filter(part -> !part.isEmpty())
                                .map(part -> part.replace("~", "~0").replace("/", "~1"))
                                .collect(Collectors.joining("/")))
                .filter(pointer -> !at(document, JsonPointer.compile(pointer)).isMissingNode())
                .findFirst();
    }

    private static SecretValue text(JsonNode node) {
        if (node.isNull()) {
            return SecretValue.of("");
        }
        return SecretValue.of(node.isValueNode() ? node.asText() : node.toString());
    }

    private static String membersOf(JsonNode node) {
        if (node.isArray()) {
            return "; it is an array of " + node.size();
        }
        return node.isEmpty() ? "" : ": " + String.join(", ", names(node));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private SecretException failure(Problem problem, String reason, String fix) {
        return new SecretException(problem, reference.toString(), reason, fix);
    }
}
