package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.reference.MalformedReferenceException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes definitions out of what people type. An error names the credential and the field, and never repeats the text
 * that was typed: it may be the secret itself.
 */
public final class DefinitionParser {
    /** The field that names one JSON secret holding all fields. */
    public static final String FROM = "from";

    // What Jenkins' credentials plugin takes as an id, and the characters of names in the backends.
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.@+=/-]{1,512}");

    private final Map<String, SourceKind> sources;

    /** @param sources the kinds of the sources a reference may name, by id */
    public DefinitionParser(Map<String, SourceKind> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** Whether a credential may have this id. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /**
     * Makes one definition.
     *
     * @param fields what was typed, by field name, {@code from} included; blank text counts as absent
     * @throws SecretException ({@link Problem#MALFORMED}) when the id, a field's name or a field's text is wrong
     */
    public CredentialDefinition parse(
            String id, CredentialKind kind, String description, Map<String, String> fields, boolean allowEmpty) {
        return parse(id, kind, description, fields, Map.of(), allowEmpty);
    }

    /**
     * Makes one definition, some of whose fields may be made when they are needed.
     *
     * @param minted the settings of such a way by its name: one at most
     * @throws SecretException ({@link Problem#MALFORMED}) as above, and when a setting is missing or wrong
     */
    public CredentialDefinition parse(
            String id,
            CredentialKind kind,
            String description,
            Map<String, String> fields,
            Map<String, Map<String, String>> minted,
            boolean allowEmpty) {
        if (!isId(id)) {
            throw malformed(
                    kind.symbol(),
                    "the id is empty or has an invalid character",
                    "use letters, digits and _ . @ + = / -");
        }
        String subject = kind.symbol() + " '" + id + "'";
        checkNames(subject, kind, fields);
        Optional<Reference> from = text(fields, FROM).map(t -> secret(subject + ", from", t));
        Map<String, FieldValue> made =
                minted.isEmpty() ? Map.of() : new MintedFields(sources, subject, kind).of(minted, fields);
        Map<String, FieldValue> values = new LinkedHashMap<>();
        for (FieldSpec field : kind.fields()) {
            if (made.containsKey(field.name())) {
                values.put(field.name(), made.get(field.name()));
                continue;
            }
            value(subject, kind, field, fields, from).ifPresent(v -> values.put(field.name(), v));
        }
        return new CredentialDefinition(id, kind, description, values, allowEmpty);
    }

    /**
     * A reference typed on its own, as for {@code secret(variable, from)}.
     *
     * @param place where it was typed, for the error
     */
    public Reference reference(String place, String text) {
        try {
            Reference reference = Reference.parse(text);
            SourceKind kind = sources.get(reference.source());
            if (kind == null) {
                // The source part is repeated only where it cannot be the start of a pasted secret.
                throw malformed(
                        place,
                        "position 1: no source of that id",
                        "expected one of " + sources.keySet().stream().sorted().collect(Collectors.joining(", "))
                                + " before the colon");
            }
            return reference.checkFor(kind);
        } catch (MalformedReferenceException e) {
            throw malformed(place, e.reason(), e.fix());
        }
    }

    /**
     * The reference of a field that takes nothing else: who types the secret itself there is told so.
     *
     * @param place where it was typed, for the error
     */
    public Reference secret(String place, String text) {
        try {
            return reference(place, text);
        } catch (SecretException e) {
            if (sources.keySet().stream().anyMatch(source -> Reference.startsWithSource(text, source))) {
                throw e;
            }
            throw malformed(
                    place, e.reason(), e.fix() + "; this field takes a reference to the secret, not the secret itself");
        }
    }

    /**
     * What {@code secrets(from)} names: with a slash at its end a path of Parameter Store, else one secret.
     *
     * @param place where it was typed, for the error
     */
    public SecretsFrom secrets(String place, String text) {
        boolean path = text.endsWith("/")
                && sources.entrySet().stream()
                        .anyMatch(source -> source.getValue() == SourceKind.SSM
                                && Reference.startsWithSource(text, source.getKey()));
        if (!path) {
            return new SecretsFrom.Members(secret(place, text));
        }
        Reference folder = reference(place, text.substring(0, text.length() - 1));
        if (folder.field().isPresent() || folder.version().isPresent()) {
            throw malformed(place, "a field or version of a path", "write the path alone, as in ssm:/ci/app/");
        }
        return new SecretsFrom.Below(folder.source(), folder.name());
    }

    private Optional<FieldValue> value(
            String subject,
            CredentialKind kind,
            FieldSpec field,
            Map<String, String> fields,
            Optional<Reference> from) {
        Optional<String> typed = text(fields, field.name());
        if (typed.isPresent()) {
            String place = subject + ", " + field.name();
            boolean isReference = sources.keySet().stream().anyMatch(s -> Reference.startsWithSource(typed.get(), s));
            if (isReference || field.secret()) {
                return Optional.of(new FieldValue.Referenced(secret(place, typed.get())));
            }
            kind.expected(field.name(), typed.get()).ifPresent(expected -> {
                throw malformed(place, "it has no such value", expected);
            });
            return Optional.of(new FieldValue.Literal(typed.get()));
        }
        if (from.isPresent()) {
            return Optional.of(new FieldValue.Member(from.get(), field));
        }
        if (field.required()) {
            throw malformed(
                    subject,
                    "the field " + field.name() + " is missing",
                    field.secret()
                            ? "set a reference such as sm:ci/docker#password"
                            : "set a reference or a plain value");
        }
        return Optional.empty();
    }

    private static void checkNames(String subject, CredentialKind kind, Map<String, String> fields) {
        List<String> known = kind.fields().stream().map(FieldSpec::name).toList();
        for (String name : fields.keySet()) {
            boolean from = name.equals(FROM) && kind.takesFrom();
            if (!from && !known.contains(name)) {
                throw malformed(
                        subject,
                        "no field '" + name + "'",
                        "expected one of " + String.join(", ", known) + (kind.takesFrom() ? ", " + FROM : ""));
            }
        }
    }

    private static Optional<String> text(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(t -> !t.isBlank());
    }

    private static SecretException malformed(String subject, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, subject, reason, fix);
    }
}
