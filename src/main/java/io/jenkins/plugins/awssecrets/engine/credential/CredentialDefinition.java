package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A credential as declared or discovered: no value, only where each field's value comes from.
 *
 * @param fields by field name, in the kind's order; a field that is absent from the map has no value
 * @param allowEmpty whether an empty value is a value rather than an error
 */
public record CredentialDefinition(
        String id, CredentialKind kind, String description, Map<String, FieldValue> fields, boolean allowEmpty) {

    public CredentialDefinition {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The references to fetch for it. */
    public Set<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        for (FieldValue value : fields.values()) {
            if (value instanceof FieldValue.Referenced referenced) {
                references.add(referenced.reference());
            } else if (value instanceof FieldValue.Member member) {
                references.add(member.from());
            }
        }
        return references;
    }
}
