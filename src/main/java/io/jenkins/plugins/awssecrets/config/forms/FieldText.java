package io.jenkins.plugins.awssecrets.config.forms;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.Optional;
import java.util.Set;

/** The text of a credential's field: a reference, or a literal where the field is not secret. */
public final class FieldText {
    private FieldText() {}

    /**
     * What is wrong with the text of one field.
     *
     * @param sources ids with which a text is a reference, in a field that takes a literal too
     */
    public static Optional<SecretException> mistake(
            CredentialKind kind, String name, String text, DefinitionParser parser, Set<String> sources) {
        if (takesReferenceOnly(kind, name)
                || sources.stream().anyMatch(source -> Reference.startsWithSource(text, source))) {
            try {
                parser.secret(name, text);
            } catch (SecretException e) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    /** Whether a text in this field can be nothing but a reference. */
    public static boolean takesReferenceOnly(CredentialKind kind, String field) {
        return field.equals(DefinitionParser.FROM)
                || kind.field(field).filter(FieldSpec::secret).isPresent();
    }
}
