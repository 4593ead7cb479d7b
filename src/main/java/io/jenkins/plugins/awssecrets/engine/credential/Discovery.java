package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes definitions of secrets that say by their tags that they are credentials. Reads metadata only.
 *
 * <p>In AWS a secret is a string and its tags tell the rest ({@code username}, {@code filename}, {@code registry}), as
 * with the AWS Secrets Manager Credentials Provider plugin. In Vault, and for the kinds that this product adds, the
 * secret is an object whose members give what no tag does.
 */
public final class Discovery {
    private final SourceKind source;
    private final SourceFilter filter;

    public Discovery(SourceKind source, SourceFilter filter) {
        this.source = source;
        this.filter = filter;
    }

    /**
     * The credential that a secret is.
     *
     * @return empty for a secret without the type tag
     * @throws SecretException ({@link Problem#MALFORMED}) when the tag names no kind
     */
    public Optional<CredentialDefinition> definition(SecretMetadata secret) {
        String type = secret.tags().get(CredentialTags.TYPE);
        if (type == null) {
            return Optional.empty();
        }
        CredentialKind kind = CredentialKind.ofSymbol(
                        type.equals(CredentialTags.SSH_USER_PRIVATE_KEY) ? CredentialKind.SSH_KEY.symbol() : type)
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        secret.source() + ":" + secret.name(),
                        "the tag " + CredentialTags.TYPE + " names no kind",
                        "expected one of "
                                + Arrays.stream(CredentialKind.values())
                                        .map(CredentialKind::symbol)
                                        .collect(Collectors.joining(", "))
                                + ", " + CredentialTags.SSH_USER_PRIVATE_KEY));
        String description = filter.hideDescription() ? "" : secret.description();
        return Optional.of(new CredentialDefinition(id(secret), kind, description, fields(secret, kind), false));
    }

    private String id(SecretMetadata secret) {
        return filter.strippedOff(secret.name())
                .map(p -> secret.name().substring(p.length()))
                .orElse(secret.name());
    }

    private Map<String, FieldValue> fields(SecretMetadata secret, CredentialKind kind) {
        Reference whole = new Reference(secret.source(), secret.name(), Optional.empty(), Optional.empty());
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        for (FieldSpec field : kind.fields()) {
            tag(secret, kind, field)
                    .<FieldValue>map(FieldValue.Literal::new)
                    .or(() -> fromSecret(kind, field, whole))
                    .ifPresent(value -> fields.put(field.name(), value));
        }
        return fields;
    }

    private Optional<FieldValue> fromSecret(CredentialKind kind, FieldSpec field, Reference whole) {
        if (isObject(kind)) {
            return Optional.of(new FieldValue.Member(whole, field));
        }
        return field.secret() && field.required() ? Optional.of(new FieldValue.Referenced(whole)) : Optional.empty();
    }

    /** Whether the secret holds several fields: not when one string is all there is to it. */
    private boolean isObject(CredentialKind kind) {
        return switch (kind) {
            case DATABASE, AWS, DOCKER_REGISTRY -> true;
            case USERNAME_PASSWORD, SSH_KEY -> source == SourceKind.VAULT;
            case STRING, FILE, CERTIFICATE -> false;
        };
    }

    private Optional<String> tag(SecretMetadata secret, CredentialKind kind, FieldSpec field) {
        Map<String, String> tags = secret.tags();
        return switch (field.name()) {
            case "username" ->
                Optional.ofNullable(tags.get(CredentialTags.USERNAME))
                        // The other provider has it so: no tag, no name.
                        .or(() -> isObject(kind) ? Optional.empty() : Optional.of(""));
            case "fileName" -> Optional.of(tags.getOrDefault(CredentialTags.FILENAME, secret.name()));
            case "registry" -> Optional.ofNullable(tags.get(CredentialTags.REGISTRY));
            default -> Optional.empty();
        };
    }
}
