package io.jenkins.plugins.awssecrets.engine.credential.kind;

import java.util.Set;

/** A single text. */
final class StringKind extends CredentialKind {
    StringKind() {
        super("string", FieldSpec.secret("secret").to(""));
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("secrettext", "secretstring", "text");
    }
}
