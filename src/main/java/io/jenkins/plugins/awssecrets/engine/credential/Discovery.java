package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialTags;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        CredentialKind kind = Kinds.ofTag(type)
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        secret.source() + ":" + secret.name(),
                        "the tag " + CredentialTags.TYPE + " is not a known kind",
                        "expected one of " + String.join(", ", Kinds.tagNames())));
        folders(secret);
        String description = filter.hideDescription() ? "" : secret.description();
        return Optional.of(new CredentialDefinition(id(name(secret)), kind, description, fields(secret, kind), false));
    }

    /**
     * The full names of the folders that a secret is for: it is seen there and below.
     *
     * @return empty for a secret that is for all
     * @throws SecretException ({@link Problem#MALFORMED}) for a tag without a name, which may not be for all
     */
    public static List<String> folders(SecretMetadata secret) {
        String tag = secret.tags().get(CredentialTags.FOLDER);
        if (tag == null) {
            return List.of();
        }
        // No item of Jenkins may have a colon in its name, and AWS allows it in a tag.
        List<String> folders = Arrays.stream(tag.split(":"))
                .map(name -> name.strip().replaceAll("^/+|/+$", ""))
                .filter(name -> !name.isEmpty())
                .toList();
        if (folders.isEmpty()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    secret.source() + ":" + secret.name(),
                    "the tag " + CredentialTags.FOLDER + " names no folder",
                    "write the full name of a folder, or several with ':' between them, or remove the tag");
        }
        return folders;
    }

    private String id(String name) {
        return filter.replaceSlashes() && name.indexOf('/') >= 0 ? withoutSlashes(name) : name;
    }

    /** What the id would be with the slashes of the name, where that is another one: it is accepted too. */
    public Optional<String> otherId(SecretMetadata secret) {
        return Optional.of(name(secret)).filter(name -> !name.equals(id(name)));
    }

    private static String withoutSlashes(String name) {
        String id = name.replaceAll("^/+|/+$", "").replaceAll("/+", "-");
        return id.isEmpty() ? name : id;
    }

    private String name(SecretMetadata secret) {
        return filter.strippedOff(secret.name())
                .map(p -> secret.name().substring(p.length()))
                .orElse(secret.name());
    }

    private Map<String, FieldValue> fields(SecretMetadata secret, CredentialKind kind) {
        Reference whole = Reference.of(secret.source(), secret.name(), Optional.empty());
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        for (FieldSpec field : kind.fields()) {
            field.tag()
                    .flatMap(tag -> Optional.ofNullable(secret.tags().get(tag)))
                    .or(() -> kind.untagged(field, secret.name(), source))
                    .<FieldValue>map(FieldValue.Literal::new)
                    .or(() -> fromSecret(kind, field, whole))
                    .ifPresent(value -> fields.put(field.name(), value));
        }
        return fields;
    }

    private Optional<FieldValue> fromSecret(CredentialKind kind, FieldSpec field, Reference whole) {
        if (kind.isObject(source)) {
            return Optional.of(new FieldValue.Member(whole, field));
        }
        if (kind.isStringOrObject(source)) {
            return Optional.of(new FieldValue.Member(whole, field, true));
        }
        return field.secret() && field.required() ? Optional.of(new FieldValue.Referenced(whole)) : Optional.empty();
    }
}
