package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A credential as declared or discovered: no value, only where each field's value comes from.
 *
 * @param fields by field name, in the kind's order; a field that is absent from the map has no value
 * @param allowEmpty whether an empty value is a value rather than an error
 * @param usernameSecret whether a log hides the username; left out, where it comes from decides
 */
public record CredentialDefinition(
        String id,
        CredentialKind kind,
        String description,
        Map<String, FieldValue> fields,
        boolean allowEmpty,
        Optional<Boolean> usernameSecret) {
    /** The field of a username, whatever the kind. */
    public static final String USERNAME = "username";

    /** One whose username is as secret as where it comes from. */
    public CredentialDefinition(
            String id, CredentialKind kind, String description, Map<String, FieldValue> fields, boolean allowEmpty) {
        this(id, kind, description, fields, allowEmpty, Optional.empty());
    }

    public CredentialDefinition {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The same under another id. */
    public CredentialDefinition withId(String other) {
        return new CredentialDefinition(other, kind, description, fields, allowEmpty, usernameSecret);
    }

    /** The same, with what is said of its username. */
    public CredentialDefinition withUsernameSecret(Optional<Boolean> secret) {
        return new CredentialDefinition(id, kind, description, fields, allowEmpty, secret);
    }

    /** Whether the username has to be taken for a secret before it is read: only its source tells of one there. */
    public boolean isUsernameSecret() {
        return usernameSecret.orElse(!(fields.get(USERNAME) instanceof FieldValue.Literal));
    }

    /** What some of its fields are made by; empty where all are stored. */
    public Optional<Reference> made() {
        return references().stream()
                .filter(reference -> Minting.isName(reference.name()))
                .findFirst();
    }

    /** The references to fetch for it. */
    public Set<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        fields.keySet().forEach(field -> reference(field).ifPresent(references::add));
        return references;
    }

    /** What is read for a field; empty for text, and for a field without a value. */
    public Optional<Reference> reference(String field) {
        FieldValue value = fields.get(field);
        if (value instanceof FieldValue.Referenced referenced) {
            return Optional.of(referenced.reference());
        }
        return value instanceof FieldValue.Member member ? Optional.of(member.from()) : Optional.empty();
    }
}
