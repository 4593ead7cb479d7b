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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A credential with the values of its fields, out of one snapshot: as consumers read them, and as they are stored. */
public final class ResolvedCredential implements FieldValues {
    private final CredentialDefinition definition;
    private final Map<String, SecretValue> stored;
    private final Map<String, SecretValue> values;
    private final boolean usernameSecret;
    private final Set<String> shown;

    private ResolvedCredential(
            CredentialDefinition definition,
            Map<String, SecretValue> stored,
            Map<String, SecretValue> values,
            boolean usernameSecret,
            Set<String> shown) {
        this.definition = definition;
        this.shown = Set.copyOf(shown);
        this.usernameSecret = usernameSecret;
        this.stored = Collections.unmodifiableMap(stored);
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads the fields out of a snapshot that holds {@link CredentialDefinition#references()}.
     *
     * @throws SecretException naming the credential and each field whose value is missing, empty, of a wrong shape or not
     *     what the field is for
     */
    public static ResolvedCredential of(CredentialDefinition definition, Snapshot snapshot) {
        ResolvedCredential stored = stored(definition, snapshot);
        Map<String, SecretValue> values = new LinkedHashMap<>(stored.values);
        try {
            values.putAll(definition.kind().delivered(stored));
        } catch (SecretException e) {
            throw e.about(place(definition, e.subject()));
        }
        return new ResolvedCredential(definition, stored.values, values, stored.usernameSecret, stored.shown);
    }

    /** The same with all values as they are stored, whether they are what their fields are for or not. */
    public static ResolvedCredential stored(CredentialDefinition definition, Snapshot snapshot) {
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
        return new ResolvedCredential(
                definition, values, values, usernameSecret(definition, snapshot), ShownFields.of(definition, snapshot));
    }

    /** Where nothing is said of it, a username is as secret as what it is read from. */
    private static boolean usernameSecret(CredentialDefinition definition, Snapshot snapshot) {
        FieldValue from = definition.fields().get(CredentialDefinition.USERNAME);
        boolean hidden = from instanceof FieldValue.Referenced referenced
                ? snapshot.payload(referenced.reference()).confidential()
                : from instanceof FieldValue.Member member
                        && snapshot.payload(member.from()).confidential();
        return definition.usernameSecret().orElse(hidden);
    }

    /** What an error about a field's value names. */
    public static String place(CredentialDefinition definition, String field) {
        FieldValue from = definition.fields().get(field);
        String origin = from instanceof FieldValue.Referenced referenced
                ? ": " + referenced.reference()
                : from instanceof FieldValue.Member member ? ": " + member.from() : "";
        return definition.kind().symbol() + " '" + definition.id() + "', " + field + origin;
    }

    private static Optional<SecretValue> read(
            CredentialDefinition definition, FieldSpec field, FieldValue from, Snapshot snapshot) {
        if (from instanceof FieldValue.Literal literal) {
            return Optional.of(SecretValue.of(literal.text()));
        }
        if (from instanceof FieldValue.Referenced referenced) {
            return Optional.of(snapshot.value(referenced.reference(), field.binary(), definition.allowEmpty()));
        }
        FieldValue.Member member = (FieldValue.Member) from;
        return member.orWhole()
                ? snapshot.memberOrWhole(member.from(), field, definition.kind().memberNames(), definition.allowEmpty())
                : snapshot.member(member.from(), field, definition.allowEmpty(), stored -> definition
                        .kind()
                        .object(stored, literals(definition)));
    }

    /** Whether a log shows a field. */
    public boolean isShown(FieldSpec field) {
        return shown.contains(field.name());
    }

    /** Whether Jenkins takes the username for a secret. */
    public boolean isUsernameSecret() {
        return usernameSecret;
    }

    public CredentialDefinition definition() {
        return definition;
    }

    private static Map<String, String> literals(CredentialDefinition definition) {
        Map<String, String> literals = new LinkedHashMap<>();
        definition.fields().forEach((name, value) -> {
            if (value instanceof FieldValue.Literal literal) {
                literals.put(name, literal.text());
            }
        });
        return literals;
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

    /** The texts of a field: as it is delivered, and as it is stored where that differs. */
    Set<SecretValue> texts(FieldSpec field) {
        Set<SecretValue> texts = new LinkedHashSet<>();
        value(field.name()).ifPresent(texts::add);
        Optional.ofNullable(stored.get(field.name())).ifPresent(texts::add);
        return texts;
    }

    /** The values of all fields that are not shown. */
    public Set<SecretValue> secrets() {
        Set<SecretValue> secrets = new LinkedHashSet<>();
        for (FieldSpec field : definition.kind().fields()) {
            if (!isShown(field)) {
                secrets.addAll(texts(field));
            }
        }
        return secrets;
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
