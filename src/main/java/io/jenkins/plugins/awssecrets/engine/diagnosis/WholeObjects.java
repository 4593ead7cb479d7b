package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds fields that would get a whole JSON object of which one member belongs there: {@code sm:ci/docker} for a password,
 * where {@code sm:ci/docker#password} is meant. An object without such a member may be what a server takes, such as a key file
 * of Google's for its registry.
 */
final class WholeObjects {
    private WholeObjects() {}

    static List<Finding> in(ResolvedCredential credential) {
        CredentialDefinition definition = credential.definition();
        List<Finding> findings = new ArrayList<>();
        // A credential of a single field, such as a Secret text, may be an object.
        if (!definition.kind().takesFrom()) {
            return findings;
        }
        credential.values().forEach((name, value) -> {
            if (definition.fields().get(name) instanceof FieldValue.Referenced from
                    && from.reference().field().isEmpty()) {
                definition
                        .kind()
                        .field(name)
                        .flatMap(field -> member(field, value))
                        .ifPresent(member -> {
                            Reference whole = from.reference();
                            Reference meant =
                                    new Reference(whole.source(), whole.name(), whole.version(), Optional.of(member));
                            findings.add(Finding.of(
                                    ResolvedCredential.place(definition, name),
                                    whole.source(),
                                    Cause.MEMBER_NOT_NAMED,
                                    Severity.WARNING,
                                    "its value is a whole JSON object, which has a member of this name",
                                    "name the member: " + meant));
                        });
            }
        });
        return findings;
    }

    private static Optional<String> member(FieldSpec field, SecretValue value) {
        if (field.binary()) {
            return Optional.empty();
        }
        return JsonTree.read(value.bytes())
                .flatMap(object -> field.members().stream().filter(object::has).findFirst());
    }
}
