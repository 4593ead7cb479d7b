package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A credential with the values of its fields, out of one snapshot. */
public final class ResolvedCredential implements FieldValues {
    private final CredentialDefinition definition;
    private final Map<String, SecretValue> values;

    private ResolvedCredential(CredentialDefinition definition, Map<String, SecretValue> values) {
        this.definition = definition;
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads the fields out of a snapshot that holds {@link CredentialDefinition#references()}.
     *
     * @throws SecretException naming the credential and each field whose value is missing, empty or of a wrong shape
     */
    public static ResolvedCredential of(CredentialDefinition definition, Snapshot snapshot) {
        Map<String, SecretValue> values = new LinkedHashMap<>();
        Map<String, SecretException> failures = new LinkedHashMap<>();
        definition.fields().forEach((name, from) -> {
            FieldSpec field = definition.kind().field(name).orElseThrow();
            try {
                read(definition, field, from, snapshot).ifPresent(value -> values.put(name, value));
            } catch (SecretException e) {
                // What is wrong with a whole secret is told once, with the first field that it holds.
                failures.putIfAbsent(
                        e.getMessage(),
                        e.about(definition.kind().symbol() + " '" + definition.id() + "', " + name + ": "
                                + e.subject()));
            }
        });
        if (!failures.isEmpty()) {
            throw ResolutionException.of(List.copyOf(failures.values()));
        }
        return new ResolvedCredential(definition, values);
    }

    private static Optional<SecretValue> read(
            CredentialDefinition definition, FieldSpec field, FieldValue from, Snapshot snapshot) {
        if (from instanceof FieldValue.Literal literal) {
            return Optional.of(SecretValue.of(literal.text()));
        }
        if (from instanceof FieldValue.Referenced referenced) {
            return Optional.of(snapshot.value(referenced.reference(), field.binary(), definition.allowEmpty()));
        }
        return snapshot.member(((FieldValue.Member) from).from(), field, definition.allowEmpty());
    }

    public CredentialDefinition definition() {
        return definition;
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public Optional<SecretValue> value(String field) {
        return Optional.ofNullable(values.get(field));
    }

    @Override
    public SecretValue required(String field) {
        return value(field)
                .orElseThrow(() -> new SecretException(
                        Problem.FIELD_MISSING,
                        definition.kind().symbol() + " '" + definition.id() + "'",
                        "the field " + field + " has no value",
                        "give it a reference"));
    }

    /** The values by field name. */
    public Map<String, SecretValue> values() {
        return values;
    }

    @Override
    public String toString() {
        return definition.kind().symbol() + " '" + definition.id() + "' with " + values.keySet();
    }
}
