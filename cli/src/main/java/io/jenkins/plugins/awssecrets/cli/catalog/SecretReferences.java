package io.jenkins.plugins.awssecrets.cli.catalog;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.ArrayList;
import java.util.List;

/** A credential's references, those of its secret fields first. */
final class SecretReferences {
    private SecretReferences() {}

    static List<Reference> of(CredentialDefinition definition) {
        List<Reference> secret = new ArrayList<>();
        List<Reference> plain = new ArrayList<>();
        definition.fields().forEach((name, value) -> {
            boolean isSecret =
                    definition.kind().field(name).map(FieldSpec::secret).orElse(false);
            if (value instanceof FieldValue.Referenced referenced) {
                (isSecret ? secret : plain).add(referenced.reference());
            } else if (value instanceof FieldValue.Member member) {
                (isSecret ? secret : plain).add(member.from());
            }
        });
        secret.addAll(plain);
        return secret.stream().distinct().toList();
    }
}
