package io.jenkins.plugins.awssecrets.engine.resolve;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.masking.plain.PlainValues;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a log hides of the documents that were read, beside the values that were taken out of them: each as a whole, and
 * the members that no kind of credential says are no secrets. Documents that a source keeps in the clear are not hidden.
 */
public final class HiddenPayloads {
    private final Snapshot snapshot;

    /** Texts that are shown, by the documents that are hidden. */
    private final Map<Locator, Set<String>> hidden = new LinkedHashMap<>();

    /** Texts of them that are shown whatever they are, since a user says so. */
    private final Map<Locator, Set<String>> asked = new LinkedHashMap<>();

    private final Map<Locator, Optional<JsonNode>> parsed = new HashMap<>();

    public HiddenPayloads(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Hides what a credential is read from; its kind tells what the members are. */
    public HiddenPayloads add(ResolvedCredential credential) {
        List<FieldSpec> fields = credential.definition().kind().fields();
        List<FieldSpec> shown = fields.stream().filter(credential::isShown).toList();
        for (FieldSpec field : fields) {
            credential.definition().reference(field.name()).ifPresent(reference -> {
                boolean whole =
                        credential.texts(field).contains(payload(reference).value());
                if (credential.isShown(field) && whole) {
                    return;
                }
                Set<String> texts = hide(reference);
                membersBeside(reference).ifPresent(object -> shown.stream()
                        .flatMap(each -> each.members().stream())
                        .map(object::get)
                        .filter(member -> member != null && member.isTextual())
                        .map(JsonNode::textValue)
                        .forEach(texts::add));
                if (credential.isShown(field)) {
                    credential.texts(field).forEach(value -> texts.add(value.reveal()));
                }
                texts.removeAll(secretMembers(reference));
            });
        }
        return this;
    }

    /** Hides what a value was read from by its reference, of which nobody knows what it is. */
    public HiddenPayloads add(Reference reference) {
        hide(reference);
        return this;
    }

    /** Shows a value that is no secret, as who binds it knows, and hides the document that it is a member of. */
    public HiddenPayloads addShown(Reference reference, SecretValue value) {
        if (!value.equals(payload(reference).value()) && value.isText()) {
            hide(reference);
            asked.computeIfAbsent(reference.locator(), any -> new LinkedHashSet<>())
                    .add(value.reveal());
        }
        return this;
    }

    /** The documents. */
    public Collection<SecretValue> values() {
        Set<SecretValue> values = new LinkedHashSet<>();
        hidden.forEach((locator, shown) -> {
            SecretPayload payload = snapshot.payloads().get(locator);
            if (payload.confidential()) {
                Set<String> all = new LinkedHashSet<>(shown);
                all.addAll(asked.getOrDefault(locator, Set.of()));
                values.add(payload.value().showing(all));
            }
        });
        return values;
    }

    private Set<String> hide(Reference reference) {
        return hidden.computeIfAbsent(reference.locator(), any -> new LinkedHashSet<>());
    }

    private SecretPayload payload(Reference reference) {
        return snapshot.payload(reference);
    }

    /** The object that a reference names or is into; a field's own member is one of it. */
    private Optional<JsonNode> membersBeside(Reference reference) {
        Optional<JsonNode> document = document(reference);
        String field = reference.field().orElse("");
        if (!field.startsWith("/")) {
            return document.map(root -> root.path(field).isObject() ? root.path(field) : root)
                    .filter(JsonNode::isObject);
        }
        JsonPointer pointer = JsonPointer.compile(field);
        return document.map(root -> root.at(pointer).isObject() ? root.at(pointer) : root.at(pointer.head()))
                .filter(JsonNode::isObject);
    }

    /** A text that is a secret elsewhere in the document is none to be shown. */
    private Set<String> secretMembers(Reference reference) {
        Set<String> secrets = new LinkedHashSet<>();
        document(reference).ifPresent(root -> collect(root, "", secrets));
        return secrets;
    }

    private Optional<JsonNode> document(Reference reference) {
        return parsed.computeIfAbsent(
                reference.locator(),
                any -> JsonTree.read(payload(reference).value().bytes()));
    }

    private static void collect(JsonNode node, String name, Set<String> secrets) {
        if (node.isTextual() && PlainValues.isSecretName(name)) {
            secrets.add(node.textValue());
        }
        node.fields().forEachRemaining(member -> collect(member.getValue(), member.getKey(), secrets));
        if (node.isArray()) {
            node.forEach(element -> collect(element, name, secrets));
        }
    }
}
