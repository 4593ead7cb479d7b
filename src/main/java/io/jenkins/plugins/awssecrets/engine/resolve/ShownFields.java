package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields of a credential a log shows: those that are no secret by their kind, wherever they are stored, also beside
 * what is secret.
 */
final class ShownFields {
    private final CredentialDefinition definition;
    private final Snapshot snapshot;

    private ShownFields(CredentialDefinition definition, Snapshot snapshot) {
        this.definition = definition;
        this.snapshot = snapshot;
    }

    /** Their names. */
    static Set<String> of(CredentialDefinition definition, Snapshot snapshot) {
        ShownFields fields = new ShownFields(definition, snapshot);
        return definition.kind().fields().stream()
                .filter(field -> !field.secret() && fields.isShown(field))
                .map(FieldSpec::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isShown(FieldSpec field) {
        if (field.name().equals(CredentialDefinition.USERNAME)) {
            // One that is a secret of its own was made one by somebody.
            return definition
                    .usernameSecret()
                    .map(secret -> !secret)
                    .orElseGet(() -> !isConfidential(field) || !isWhole(field));
        }
        return field.shown() || !isConfidential(field);
    }

    private boolean isConfidential(FieldSpec field) {
        return definition
                .reference(field.name())
                .map(snapshot::payload)
                .filter(SecretPayload::confidential)
                .isPresent();
    }

    private boolean isWhole(FieldSpec field) {
        return definition.fields().get(field.name()) instanceof FieldValue.Referenced referenced
                && referenced.reference().field().isEmpty();
    }
}
