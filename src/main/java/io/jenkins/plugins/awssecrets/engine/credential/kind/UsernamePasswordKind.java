package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import java.util.Set;

/** A username and its password. */
final class UsernamePasswordKind extends CredentialKind {
    UsernamePasswordKind() {
        super(
                "usernamePassword",
                FieldSpec.plain("username").to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret("password").to("_PASSWORD"));
    }

    @Override
    public boolean isObject(SourceKind source) {
        return source == SourceKind.VAULT;
    }

    /** The other provider has it so: no tag, no name. */
    @Override
    public Optional<String> untagged(FieldSpec field, String secret, SourceKind source) {
        return field.name().equals("username") && !isObject(source) ? Optional.of("") : Optional.empty();
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("usernamewithpassword");
    }
}
